using Microsoft.Win32.SafeHandles;
using MiniDock.Engine.Containers.Session;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Exec;

/// <summary>No session: the process reads nothing, and what it writes is lost. Nobody waits for it.</summary>
internal sealed class DetachedSession : IContainerSession
{
    private readonly SafeFileHandle? _master;
    private readonly SafeFileHandle _stream;

    /// <param name="terminal">A terminal that it is given all the same, owned from here on; or null.</param>
    public DetachedSession((SafeFileHandle Master, SafeFileHandle Slave)? terminal)
    {
        _master = terminal?.Master;
        _stream = terminal?.Slave ?? Files.Open("/dev/null", OpenFlags.ReadWrite);
    }

    /// <inheritdoc/>
    public (SafeFileHandle Input, SafeFileHandle Output, SafeFileHandle Error) Descriptors => (_stream, _stream, _stream);

    /// <inheritdoc/>
    public bool IsTerminal => _master is not null;

    /// <inheritdoc/>
    public bool HasLeft => true;

    /// <inheritdoc/>
    public int Wait(SafeFileHandle pidFd, int pid)
    {
        if (_master is not null)
        {
            TerminalHolder.Start(_master);
        }

        return 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _master?.Dispose();
    }
}
