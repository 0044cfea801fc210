using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Logs;
using MiniDock.Engine.Containers.Service;
using MiniDock.Engine.Containers.Session;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Events;
using MiniDock.Engine.Run;

namespace MiniDock.Engine.Containers.Monitor;

/// <summary>Looks after one detached container from its start to its last end: what a daemon would do, for this container only.</summary>
public sealed class ContainerMonitor(ContainerStore store, ContainerRemoval removal, RunPlanner planner, StepHandlers handlers, HostFacts host, List<string> warnings)
{
    private const int NotStarted = 125;

    private readonly SafeFileHandle _report = new(MonitorArguments.ReportDescriptor, ownsHandle: true);

    /// <summary>Runs the container, again and again where its restart policy says so.</summary>
    /// <param name="id">The container.</param>
    /// <param name="awaitsClient">Whether its first run waits until somebody has attached.</param>
    /// <returns>The exit code of its last run, for a service manager whose main process this is; 0 where it was stopped by hand, 125 where it did not start.</returns>
    public int Run(ContainerId id, bool awaitsClient)
    {
        using var held = ContainerLock.Adopt(store.Paths, id, new SafeFileHandle(MonitorArguments.LockDescriptor, ownsHandle: true));
        var backOff = new RestartBackOff();
        for (var restarts = 0; store.Read(id)?.Spec is { } spec; restarts++)
        {
            var end = RunOnce(spec, restarts, awaitsClient && restarts == 0, backOff);

            // The policy may have been changed meanwhile.
            var policy = end is null ? null : store.Read(id)?.Spec.Restart;
            if (end is null || policy is null || !policy.Restarts(end.ExitCode, restarts, store.WasStoppedByHand(id)))
            {
                return Finish(spec, end, held);
            }

            store.Write(id, end with { Status = ContainerStatus.Restarting });
            store.MakeRunDirectory(id);
            if (!backOff.Wait(() => store.WasStoppedByHand(id)))
            {
                return Finish(spec, end, held);
            }
        }

        return NotStarted;
    }

    // Null: it could not be started and nobody has seen it run; that is told to whoever started it.
    private ContainerState? RunOnce(ContainerSpec spec, int restarts, bool awaitsClient, RestartBackOff backOff)
    {
        try
        {
            using var loop = new EventLoop();
            using var log = spec.Log.Driver == LogSpec.None ? null : new LogWriter(LogPath(store.Paths, spec.Id), spec.Log, _ => { });
            var planned = planner.Plan(ServiceNotice.Prepare(spec, store.Paths), host, store.Paths);
            planned.ThrowIfImpossible();
            var options = new RunOptions
            {
                RestartCount = restarts,
                Events = new EventTeller(store.Events, holdsBack: false),
                Reread = () => store.Read(spec.Id)?.Spec,
                Started = _ =>
                {
                    backOff.Started();
                    MonitorReport.SendStarted(_report);
                },
            };
            warnings.Clear();
            var end = new RunAttempt(store, removal, handlers, host).Run(planned, s => OpenSession(s, log, loop, awaitsClient), options);
            return end with { Error = string.Join('\n', warnings) };
        }
        catch (EngineException e)
        {
            var failed = ContainerEnd.NotStarted(e) with { RestartCount = restarts };
            if (restarts > 0)
            {
                return failed;
            }

            store.Write(spec.Id, failed);
            MonitorReport.SendFailure(_report, e);
            return null;
        }
    }

    private MonitorSession OpenSession(ContainerSpec spec, LogWriter? log, EventLoop loop, bool awaitsClient)
    {
        var session = new MonitorSession(spec, store.Paths.RunDirectory(spec.Id), log, loop);
        if (awaitsClient)
        {
            MonitorReport.SendReady(_report);
            session.WaitForClient();
        }

        return session;
    }

    private int Finish(ContainerSpec spec, ContainerState? end, ContainerLock held)
    {
        var exitCode = end is null ? NotStarted : store.WasStoppedByHand(spec.Id) ? 0 : end.ExitCode;
        if (store.IsLeftBehind(spec.Id))
        {
            if (end is not null)
            {
                store.Write(spec.Id, end);
            }

            return exitCode;
        }

        if (spec.AutoRemove)
        {
            // It may have been renamed meanwhile.
            var now = store.Read(spec.Id)?.Spec ?? spec;
            removal.Remove(spec.Id, now.Name, held);
            store.Events.Append(ContainerEvents.Of(now, "destroy"));
            return exitCode;
        }

        if (end is not null)
        {
            store.Write(spec.Id, end);
        }

        store.Release(spec.Id, held);
        return exitCode;
    }

    /// <summary>The log of a container.</summary>
    public static string LogPath(EnginePaths paths, ContainerId id) => Path.Combine(paths.StateDirectory(id), $"{id.Value}-json.log");
}
