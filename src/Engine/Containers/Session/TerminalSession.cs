using Microsoft.Win32.SafeHandles;
using MiniDock.Engine.Containers.Logs;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Session;

/// <summary>A run with a terminal of its own (<c>-t</c>): a pseudoterminal whose slave is the container's, and whose master is carried to and
/// from the user's terminal, which is raw meanwhile.</summary>
public sealed class TerminalSession : IContainerSession
{
    private readonly SessionOptions _options;
    private readonly SafeFileHandle _master;
    private readonly SafeFileHandle _slave;
    private readonly SignalForwarding _signals = SignalForwarding.OfTerminal();
    private readonly SafeFileHandle _input = Files.Borrow(0);
    private readonly SafeFileHandle _output = Files.Borrow(1);

    /// <summary>Makes the terminal, as large as the user's.</summary>
    /// <param name="options">How it is connected.</param>
    /// <param name="terminal">A pseudoterminal to use, which belongs to the session then; null: a new one of the host.</param>
    public TerminalSession(SessionOptions options, (SafeFileHandle Master, SafeFileHandle Slave)? terminal = null)
    {
        _options = options;
        (_master, _slave) = terminal ?? Terminals.OpenPty();
        Resize();
    }

    /// <inheritdoc/>
    public (SafeFileHandle Input, SafeFileHandle Output, SafeFileHandle Error) Descriptors => (_slave, _slave, _slave);

    /// <inheritdoc/>
    public bool IsTerminal => true;

    /// <inheritdoc/>
    public bool HasLeft { get; private set; }

    /// <inheritdoc/>
    public int Wait(SafeFileHandle pidFd, int pid)
    {
        var signals = new InitSignals(pidFd, pid);
        _signals.DeliverTo(signal => Take(signal, signals));
        var before = _options.Interactive && Terminals.IsATty(_input) ? Terminals.MakeRaw(_input) : null;
        try
        {
            // As long as we hold a slave, the master never ends.
            _slave.Dispose();
            Resize();
            Files.SetNonBlocking(_master, true);
            var log = _options.Log;
            var output = log is null ? new BytePump(_master, _output) : new BytePump(_master, _output, sees: bytes => log.Write(LogStream.Stdout, bytes.Span), goesOn: true);
            PumpLoop.Run(pidFd, _options.Interactive ? new BytePump(_input, _master, sees: typed => Look(typed.Span, signals)) : null, () => HasLeft, output);
        }
        finally
        {
            if (before is not null)
            {
                Terminals.SetState(_input, before);
            }
        }

        if (HasLeft)
        {
            _signals.Dispose();
            _options.Tell("read escape sequence");
            return 0;
        }

        var status = Processes.WaitId(pidFd)!.Value;
        _signals.Dispose();
        return signals.ExitCode(status);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _signals.Dispose();
        _slave.Dispose();
        _master.Dispose();
    }

    private void Take(Signal signal, InitSignals signals)
    {
        if (signal == Signal.SIGWINCH)
        {
            Resize();
        }
        else
        {
            signals.Send(signal);
        }
    }

    private void Resize()
    {
        if (Terminals.TryGetWindowSize(_output, out var size) || Terminals.TryGetWindowSize(_input, out size))
        {
            Terminals.SetWindowSize(_master, size);
        }
    }

    private void Look(ReadOnlySpan<byte> typed, InitSignals signals)
    {
        if (_options.DetachKeys.Sees(typed))
        {
            HasLeft = _options.Leave?.Invoke(_master) == true;
            if (!HasLeft)
            {
                _options.Tell("detach: ENOTSUP (a run that is traced stays in the foreground)");
            }
        }

        signals.Typed(typed, _master);
    }
}
