using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Monitor;
using MiniDock.Engine.Containers.Store;
using MiniDock.Linux;
using MiniDock.Linux.Child;

namespace MiniDock.Engine.Containers.Health;

/// <summary>
/// Has the health of a running container checked again and again. The checks are made by short-lived processes of this program, so that whoever
/// waits for the container, its monitor above all, stays as small as it is; what is here is one thread that sleeps.
/// </summary>
internal sealed class HealthWatch : IDisposable
{
    private const int StackBytes = 128 * 1024;

    private readonly ContainerStore _store;
    private readonly ContainerId _id;
    private readonly HealthcheckSpec _check;
    private readonly SafeFileHandle _pidFd;
    private readonly SafeFileHandle _stop = Polling.EventFd();
    private readonly Action<HealthStatus>? _checked;
    private readonly Thread _thread;

    private HealthWatch(ContainerStore store, ContainerId id, HealthcheckSpec check, SafeFileHandle pidFd, Action<HealthStatus>? seen)
    {
        (_store, _id, _check, _pidFd, _checked) = (store, id, check, pidFd, seen);
        store.WriteHealth(id, new HealthState());
        _thread = new Thread(Watch, StackBytes) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Begins, where the container has a check.</summary>
    /// <param name="store">Where results go.</param>
    /// <param name="spec">The container.</param>
    /// <param name="pidFd">Its first process; open for as long as this is.</param>
    /// <param name="seen">Told what each check has come to, on a thread of its own; or null.</param>
    public static HealthWatch? Start(ContainerStore store, ContainerSpec spec, SafeFileHandle pidFd, Action<HealthStatus>? seen) =>
        spec.Healthcheck is { } check ? new HealthWatch(store, spec.Id, check, pidFd, seen) : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        Polling.SignalEvent(_stop);
        _thread.Join();
        _stop.Dispose();
    }

    private void Watch()
    {
        var started = Environment.TickCount64;
        var status = HealthStatus.Starting;
        while (!HasEnded(null, HealthRules.IntervalMilliseconds(_check, status, Environment.TickCount64 - started)))
        {
            var isStarting = HealthRules.IsStarting(_check, Environment.TickCount64 - started);
            if (OwnProgram.TryStart(new ProbeArguments(_store.Paths, _id, isStarting).ToCommandLine(), builder => builder.EndWithParent()) is not { } probe)
            {
                // The binary is gone, or there are too many processes: perhaps not so the next time.
                continue;
            }

            using (probe)
            {
                if (HasEnded(probe, -1))
                {
                    Processes.TryPidfdSendSignal(probe.PidFd, Signal.SIGKILL);
                }

                var code = Processes.WaitId(probe.PidFd)?.ShellExitCode;
                if (code <= (int)HealthStatus.Unhealthy)
                {
                    status = (HealthStatus)code;
                    _checked?.Invoke(status);
                }
            }
        }
    }

    /// <returns>Whether the container has ended, rather than the probe or the time.</returns>
    private bool HasEnded(StartedChild? probe, int timeoutMilliseconds)
    {
        Span<PollItem> items = [new(_pidFd, PollEvents.Read), new(_stop, PollEvents.Read), probe is null ? default : new(probe.PidFd, PollEvents.Read)];
        Polling.Poll(items, timeoutMilliseconds);
        return items[0].Happened != PollEvents.None || items[1].Happened != PollEvents.None;
    }
}
