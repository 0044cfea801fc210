using System.Runtime.InteropServices;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Session;

/// <summary>Catches signals of the engine's process and hands them on. From the start on: one that comes before there is anybody to hand it to
/// waits. And after the end too, where they are dropped: a terminal that is closed, or a second ^C, must not kill the engine while it cleans up.</summary>
internal sealed class SignalForwarding : IDisposable
{
    private const int FirstRealTime = 35;
    private const int LastRealTime = 64;

    // A registration that is collected ends.
    private static readonly List<PosixSignalRegistration> s_registrations = [];
    private readonly Lock _gate = new();
    private readonly List<Signal> _waiting = [];
    private Action<Signal>? _deliver;
    private bool _hasEnded;

    // Not those that a fault of our own raises, and not SIGPIPE and SIGRTMIN, which the runtime has its own use for.
    private static ReadOnlySpan<Signal> Forwarded =>
    [
        Signal.SIGHUP, Signal.SIGINT, Signal.SIGQUIT, Signal.SIGUSR1, Signal.SIGUSR2, Signal.SIGALRM, Signal.SIGTERM, Signal.SIGSTKFLT, Signal.SIGCONT,
        Signal.SIGTSTP, Signal.SIGTTIN, Signal.SIGTTOU, Signal.SIGXCPU, Signal.SIGXFSZ, Signal.SIGVTALRM, Signal.SIGPROF, Signal.SIGWINCH, Signal.SIGIO,
        Signal.SIGPWR,
    ];

    /// <summary>Catches everything that can be.</summary>
    /// <param name="deliver">Who gets them; null: nobody yet.</param>
    public static SignalForwarding OfAll(Action<Signal>? deliver = null)
    {
        var forwarding = new SignalForwarding { _deliver = deliver };
        forwarding.Catch(Forwarded);
        for (var signal = FirstRealTime; signal <= LastRealTime; signal++)
        {
            forwarding.Catch([(Signal)signal]);
        }

        return forwarding;
    }

    /// <summary>Catches what ends a session, and changes of the window; the rest keeps its own effect on the engine.</summary>
    /// <param name="deliver">Who gets them; null: nobody yet.</param>
    public static SignalForwarding OfTerminal(Action<Signal>? deliver = null)
    {
        var forwarding = new SignalForwarding { _deliver = deliver };
        forwarding.Catch([Signal.SIGHUP, Signal.SIGINT, Signal.SIGQUIT, Signal.SIGTERM, Signal.SIGWINCH]);
        return forwarding;
    }

    /// <summary>Hands signals to somebody from now on, those that have come first.</summary>
    public void DeliverTo(Action<Signal> deliver)
    {
        lock (_gate)
        {
            _deliver = deliver;
            _waiting.ForEach(deliver);
            _waiting.Clear();
        }
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

    private void Catch(ReadOnlySpan<Signal> signals)
    {
        foreach (var signal in signals)
        {
            s_registrations.Add(PosixSignalRegistration.Create((PosixSignal)signal, context =>
            {
                context.Cancel = true;
                Take(signal);
            }));
        }
    }

    private void Take(Signal signal)
    {
        lock (_gate)
        {
            if (_hasEnded)
            {
                return;
            }

            if (_deliver is null)
            {
                _waiting.Add(signal);
            }
            else
            {
                _deliver(signal);
            }
        }
    }
}
