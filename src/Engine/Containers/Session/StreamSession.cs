using Microsoft.Win32.SafeHandles;
using MiniDock.Engine.Containers.Logs;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Session;

/// <summary>A run without a terminal. Files, pipes and sockets are the container's own descriptors, with nothing in between unless its output is kept too; the user's
/// terminal is not given to it (it would answer to its ioctls and escape sequences): a pipe stands in, as docker's does.</summary>
public sealed class StreamSession : IContainerSession
{
    private readonly SessionOptions _options;
    private readonly List<SafeFileHandle> _owned = [];
    private readonly List<SafeFileHandle> _childEnds = [];
    private readonly List<BytePump> _outputs = [];
    private readonly BytePump? _input;
    private readonly SignalForwarding? _signals;

    /// <summary>Makes the session of the engine's own standard streams.</summary>
    public StreamSession(SessionOptions options)
    {
        _options = options;
        _signals = options.ForwardSignals ? SignalForwarding.OfAll() : null;
        var input = Input(ref _input);
        Descriptors = (input, Output(1), Output(2));
    }

    /// <inheritdoc/>
    public (SafeFileHandle Input, SafeFileHandle Output, SafeFileHandle Error) Descriptors { get; }

    /// <inheritdoc/>
    public bool IsTerminal => false;

    /// <inheritdoc/>
    public int Wait(SafeFileHandle pidFd, int pid)
    {
        var signals = new InitSignals(pidFd, pid);
        _signals?.DeliverTo(signals.Send);
        _childEnds.ForEach(e => e.Dispose());
        if (_outputs.Count > 0 || _input is not null)
        {
            PumpLoop.Run(pidFd, _input, hasLeft: null, [.. _outputs]);
        }

        var status = Processes.WaitId(pidFd)!.Value;
        _signals?.Dispose();
        return signals.ExitCode(status);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _signals?.Dispose();
        _childEnds.ForEach(e => e.Dispose());
        _owned.ForEach(e => e.Dispose());
    }

    private SafeFileHandle Input(ref BytePump? pump)
    {
        if (!_options.Interactive)
        {
            var nothing = Files.Open("/dev/null", OpenFlags.ReadOnly);
            _childEnds.Add(nothing);
            return nothing;
        }

        var own = Files.Borrow(0);
        if (!Terminals.IsATty(own))
        {
            return own;
        }

        var (read, write) = Pipes.Create();
        Files.SetNonBlocking(write, true);
        _childEnds.Add(read);
        _owned.Add(write);
        pump = new BytePump(own, write, closes: true);
        return read;
    }

    private SafeFileHandle Output(int number)
    {
        var own = Files.Borrow(number);
        var log = _options.Log;
        if (log is null && !Terminals.IsATty(own))
        {
            return own;
        }

        var (read, write) = Pipes.Create();
        _childEnds.Add(write);
        _owned.Add(read);
        var stream = number == 2 ? LogStream.Stderr : LogStream.Stdout;
        _outputs.Add(log is null ? new BytePump(read, own) : new BytePump(read, own, sees: bytes => log.Write(stream, bytes.Span), goesOn: true));
        return write;
    }
}
