using Microsoft.Win32.SafeHandles;
using MiniDock.Engine.Containers.Session;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Exec;

/// <summary>No session: the process reads nothing, and what it writes is lost. Nobody waits for it.</summary>
internal sealed class DetachedSession : IContainerSession
{
    private readonly SafeFileHandle _nothing = Files.Open("/dev/null", OpenFlags.ReadWrite);

    /// <inheritdoc/>
    public (SafeFileHandle Input, SafeFileHandle Output, SafeFileHandle Error) Descriptors => (_nothing, _nothing, _nothing);

    /// <inheritdoc/>
    public bool IsTerminal => false;

    /// <inheritdoc/>
    public int Wait(SafeFileHandle pidFd, int pid) => 0;

    /// <inheritdoc/>
    public void Dispose() => _nothing.Dispose();
}
