using Microsoft.Win32.SafeHandles;
using MiniDock.Engine.Containers.Session;
using MiniDock.Linux;

namespace MiniDock.Embedding;

/// <summary>Connects a container with the program by three pipes, whose other ends are the program's streams.</summary>
internal sealed class PipeSession : IContainerSession
{
    private readonly SafeFileHandle[] _childEnds;

    /// <summary>Makes the pipes.</summary>
    /// <param name="openInput">Whether there is one for standard input; else it is empty.</param>
    public PipeSession(bool openInput)
    {
        var (input, inputWriter) = openInput ? Pipes.Create() : (Files.Open("/dev/null", OpenFlags.ReadOnly), null);
        var (outputReader, output) = Pipes.Create();
        var (errorReader, error) = Pipes.Create();
        _childEnds = [input, output, error];
        Descriptors = (input, output, error);
        StandardInput = inputWriter is null ? Stream.Null : new FileStream(inputWriter, FileAccess.Write, bufferSize: 0);
        StandardOutput = new FileStream(outputReader, FileAccess.Read, bufferSize: 0);
        StandardError = new FileStream(errorReader, FileAccess.Read, bufferSize: 0);
    }

    /// <summary>The program writes what the container reads.</summary>
    public Stream StandardInput { get; }

    /// <summary>The program reads what the container writes.</summary>
    public Stream StandardOutput { get; }

    /// <summary>The program reads what the container writes as errors.</summary>
    public Stream StandardError { get; }

    /// <inheritdoc/>
    public (SafeFileHandle Input, SafeFileHandle Output, SafeFileHandle Error) Descriptors { get; }

    /// <inheritdoc/>
    public bool IsTerminal => false;

    /// <inheritdoc/>
    public int Wait(SafeFileHandle pidFd, int pid)
    {
        Dispose();
        return Processes.WaitId(pidFd)!.Value.ShellExitCode;
    }

    /// <summary>Closes the container's ends. The program's own stay open: what the container has written is still to be read.</summary>
    public void Dispose() => Array.ForEach(_childEnds, end => end.Dispose());
}
