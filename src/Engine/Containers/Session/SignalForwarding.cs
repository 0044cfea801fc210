using System.Runtime.InteropServices;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Session;

/// <summary>Catches signals of the engine's process and hands them on. After its end they are caught still, and dropped: a terminal that is
/// closed, or a second ^C, must not kill the engine while it cleans up.</summary>
internal sealed class SignalForwarding : IDisposable
{
    private const int FirstRealTime = 35;
    private const int LastRealTime = 64;

    // Not those that a fault of our own raises, and not SIGPIPE and SIGRTMIN, which the runtime has its own use for.
    private static ReadOnlySpan<byte> Forwarded =>
    [
        (byte)Signal.SIGHUP, (byte)Signal.SIGINT, (byte)Signal.SIGQUIT, (byte)Signal.SIGUSR1, (byte)Signal.SIGUSR2, (byte)Signal.SIGALRM, (byte)Signal.SIGTERM,
        (byte)Signal.SIGSTKFLT, (byte)Signal.SIGCONT, (byte)Signal.SIGTSTP, (byte)Signal.SIGTTIN, (byte)Signal.SIGTTOU, (byte)Signal.SIGXCPU,
        (byte)Signal.SIGXFSZ, (byte)Signal.SIGVTALRM, (byte)Signal.SIGPROF, (byte)Signal.SIGWINCH, (byte)Signal.SIGIO, (byte)Signal.SIGPWR,
    ];

    // A registration that is collected ends.
    private static readonly List<PosixSignalRegistration> s_registrations = [];
    private readonly Lock _gate = new();
    private bool _hasEnded;

    /// <summary>Forwards everything that can be.</summary>
    public static SignalForwarding OfAll(Action<Signal> deliver)
    {
        var forwarding = new SignalForwarding();
        foreach (var signal in Forwarded)
        {
            forwarding.Catch((Signal)signal, deliver);
        }

        for (var signal = FirstRealTime; signal <= LastRealTime; signal++)
        {
            forwarding.Catch((Signal)signal, deliver);
        }

        return forwarding;
    }

    /// <summary>Forwards what ends a session; the rest keeps its own effect on the engine.</summary>
    public static SignalForwarding OfTerminal(Action<Signal> deliver)
    {
        var forwarding = new SignalForwarding();
        foreach (var signal in (ReadOnlySpan<Signal>)[Signal.SIGHUP, Signal.SIGINT, Signal.SIGQUIT, Signal.SIGTERM, Signal.SIGWINCH])
        {
            forwarding.Catch(signal, deliver);
        }

        return forwarding;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Behind a delivery that is under way: what it acts on is closed next.
        lock (_gate)
        {
            _hasEnded = true;
        }
    }

    private void Catch(Signal signal, Action<Signal> deliver) =>
        s_registrations.Add(PosixSignalRegistration.Create((PosixSignal)signal, context =>
        {
            context.Cancel = true;
            lock (_gate)
            {
                if (!_hasEnded)
                {
                    deliver(signal);
                }
            }
        }));
}
