using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Session;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Run;
using MiniDock.Engine.Run.Child;
using MiniDock.Engine.Run.Journal;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers;

/// <summary>Runs a container in the foreground: plan, apply, wait, undo.</summary>
public sealed class ContainerRun(ContainerStore store, ContainerRemoval removal, RunPlanner planner, StepHandlers handlers, HostFacts host)
{
    private EnginePaths Paths => store.Paths;

    /// <summary>Runs a new container to its end.</summary>
    /// <param name="spec">The container.</param>
    /// <param name="openSession">Makes the session that connects its standard streams, once nothing can refuse the run any more.</param>
    /// <param name="options">What else is wanted.</param>
    /// <exception cref="EngineException">It could not be started; what was begun is undone.</exception>
    public RunResult Run(ContainerSpec spec, Func<ContainerSpec, IContainerSession> openSession, RunOptions options)
    {
        var planned = planner.Plan(spec, host, Paths);
        planned.ThrowIfImpossible();
        var plan = planned.Plan!;
        options.Explain?.Invoke(plan);
        if (options.DryRun)
        {
            return new RunResult(0, false, plan);
        }

        foreach (var notice in planned.Cgroup!.Notices(new CgroupRequest(planned.Spec, host, Paths)))
        {
            options.Warn(notice);
        }

        using var held = store.Create(spec, writeSpec: !spec.AutoRemove);
        ContainerState end;
        try
        {
            options.Created?.Invoke();
            end = RunToEnd(planned, openSession, options);
            removal.UndoRun(spec.Id);
        }
        catch (Exception e) when (e is EngineException or LinuxException or IOException or UnauthorizedAccessException)
        {
            throw AfterFailure(spec, held, e);
        }

        if (spec.AutoRemove)
        {
            removal.Remove(spec.Id, spec.Name, held);
        }
        else
        {
            store.Write(spec.Id, end);
            held.Remove();
        }

        return new RunResult(end.ExitCode, end.OomKilled, plan);
    }

    private ContainerState RunToEnd(PlanningResult planned, Func<ContainerSpec, IContainerSession> openSession, RunOptions options)
    {
        var (spec, plan) = (planned.Spec, planned.Plan!);
        using var journal = new RunJournal(Paths.RunDirectory(spec.Id), Paths.StateDirectory(spec.Id));
        var context = new StepContext(spec.Id, Paths);
        var executor = new PlanExecutor(handlers, journal, context, options.Trace);
        executor.Apply(plan, PlanPhase.HostBefore);

        using var session = openSession(spec);
        using var process = ContainerProcess.Spawn(planned, host, Paths, session, executor, context);
        if (spec.AutoRemove)
        {
            // While the child prepares its mounts.
            store.WriteSpec(spec);
        }

        executor.Apply(plan, PlanPhase.HostAfter);
        process.Execute();

        var started = new ContainerState
        {
            Status = ContainerStatus.Running,
            Pid = process.First.Pid,
            PidStartTime = process.First.StartTime,
            BootId = process.First.BootId,
            StartedAt = DateTimeOffset.UtcNow,
            Networks = Endpoints(context),
        };
        store.Write(spec.Id, started);
        var exitCode = session.Wait(process.PidFd, process.First.Pid);
        var events = planned.Cgroup!.ReadEvents(new CgroupRequest(spec, host, Paths));
        return ContainerEnd.Ended(started, exitCode) with { FinishedAt = DateTimeOffset.UtcNow, OomKilled = events.OomKills > 0 };
    }

    // A container that failed to start stays, as docker's does, unless --rm: `ps -a` and `inspect` show why.
    private EngineException AfterFailure(ContainerSpec spec, ContainerLock held, Exception failure)
    {
        var error = failure as EngineException
            ?? new EngineException(failure.Message, (failure as LinuxException)?.Hint, inner: failure);
        try
        {
            removal.UndoRun(spec.Id);
            if (spec.AutoRemove)
            {
                removal.Remove(spec.Id, spec.Name, held);
            }
            else
            {
                store.Write(spec.Id, new ContainerState { ExitCode = error.ExitCode, Error = error.Message });
                held.Remove();
            }
        }
        catch (Exception e) when (e is EngineException or IOException or UnauthorizedAccessException)
        {
            return new EngineException($"{error.Message}\n{e.Message}", error.Hint, error.ExitCode, failure);
        }

        return error;
    }

    private static List<NetworkEndpoint> Endpoints(StepContext context) =>
        [.. context.Receipts
            .Where(r => r.Find("interface") is not null)
            .Select(r => new NetworkEndpoint(r.Find("network") ?? "", r["interface"], r.Find("address"), r.Find("gateway"), r.Find("mac")))];
}
