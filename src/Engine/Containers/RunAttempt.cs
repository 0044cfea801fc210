using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Health;
using MiniDock.Engine.Containers.Networks;
using MiniDock.Engine.Containers.Service;
using MiniDock.Engine.Containers.Session;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Events;
using MiniDock.Engine.Run;
using MiniDock.Engine.Run.Child;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers;

/// <summary>One run of a container that is in the store, with its lock held: apply, wait, undo.</summary>
public sealed class RunAttempt(ContainerStore store, ContainerRemoval removal, StepHandlers handlers, HostFacts host)
{
    private EnginePaths Paths => store.Paths;

    /// <summary>Runs it to its end. Nothing of the run is left when this returns or throws.</summary>
    /// <param name="planned">The plan of the run.</param>
    /// <param name="openSession">Makes the session that connects its standard streams, once the host's part of the plan stands.</param>
    /// <param name="options">What else is wanted.</param>
    /// <returns>How it ended; not written to the store yet.</returns>
    /// <exception cref="EngineException">It could not be started, or something was left behind.</exception>
    public ContainerState Run(PlanningResult planned, Func<ContainerSpec, IContainerSession> openSession, RunOptions options)
    {
        try
        {
            var end = RunToEnd(planned, openSession, options);
            removal.UndoRun(planned.Spec.Id);
            return end;
        }
        catch (Exception e) when (e is EngineException or LinuxException or IOException or UnauthorizedAccessException)
        {
            throw AfterFailure(planned.Spec.Id, e);
        }
    }

    private ContainerState RunToEnd(PlanningResult planned, Func<ContainerSpec, IContainerSession> openSession, RunOptions options)
    {
        var (spec, plan) = (planned.Spec, planned.Plan!);
        using var journal = store.Journal(spec.Id);
        using var context = new StepContext(spec.Id, Paths);
        var executor = new PlanExecutor(handlers, journal, context, options.Trace);
        executor.Apply(plan, PlanPhase.HostBefore);

        using var notice = ServiceNotice.Open(spec, Paths);
        using var session = openSession(spec);
        using var process = ContainerProcess.Spawn(planned, host, Paths, session, executor, context);
        if (spec.AutoRemove)
        {
            // While the child prepares its mounts.
            store.WriteSpec(spec);
        }

        try
        {
            executor.Apply(plan, PlanPhase.HostAfter);
        }
        catch (Exception e) when (e is not EngineException && process.EarlierEnd() is { } earlier)
        {
            throw earlier;
        }

        process.Execute();

        var started = new ContainerState
        {
            Status = ContainerStatus.Running,
            Pid = process.First.Pid,
            PidStartTime = process.First.StartTime,
            BootId = process.First.BootId,
            StartedAt = DateTimeOffset.UtcNow,
            RestartCount = options.RestartCount,
            Networks = Endpoints(context),
            Ports = Ports(context),
        };
        store.Write(spec.Id, started);
        options.Events?.Tell([.. NetworkEvents.Of("connect", spec, started.Networks, Paths), .. VolumeEvents.Mounts(spec), ContainerEvents.Of(spec, "start")]);
        notice?.Started(process.PidFd);
        using var health = HealthWatch.Start(store, spec, process.PidFd, notice is null ? null : notice.Checked);
        options.Started?.Invoke(started);
        executor.Apply(plan, PlanPhase.Started);
        var exitCode = session.Wait(process.PidFd, process.First.Pid);
        var groups = planned.Cgroup!.ReadEvents(new CgroupRequest(spec, host, Paths));
        var end = ContainerEnd.Ended(started, exitCode) with { FinishedAt = DateTimeOffset.UtcNow, OomKilled = groups.OomKills > 0 };
        var now = options.Reread?.Invoke() ?? spec;
        if (end.OomKilled)
        {
            options.Events?.Tell(ContainerEvents.Of(now, "oom"));
        }

        var networks = options.Reread is null ? started.Networks : store.Read(spec.Id)?.State.Networks ?? started.Networks;
        options.Events?.Tell([.. VolumeEvents.Unmounts(spec), ContainerEvents.Die(now, end), .. NetworkEvents.Of("disconnect", now, networks, Paths)]);
        return end;
    }

    private EngineException AfterFailure(ContainerId id, Exception failure)
    {
        var error = failure as EngineException ?? new EngineException(failure.Message, (failure as LinuxException)?.Hint, inner: failure);
        try
        {
            removal.UndoRun(id);
            return error;
        }
        catch (Exception e) when (e is EngineException or IOException or UnauthorizedAccessException)
        {
            return new EngineException($"{error.Message}\n{e.Message}", error.Hint, error.ExitCode, failure);
        }
    }

    private static List<PortMapping> Ports(StepContext context) =>
        [.. context.Receipts.Select(r => r.Find("ports")).OfType<string>().SelectMany(p => p.Split(' ')).Select(PortMapping.Parse)];

    private static List<NetworkEndpoint> Endpoints(StepContext context) => [.. context.Receipts.Select(EndpointReceipt.Read).OfType<NetworkEndpoint>()];
}
