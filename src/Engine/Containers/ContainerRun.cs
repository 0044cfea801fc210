using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Service;
using MiniDock.Engine.Containers.Session;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Events;
using MiniDock.Engine.Run;

namespace MiniDock.Engine.Containers;

/// <summary>Runs a new container in the foreground: plan, create, run to its end, and remove where <c>--rm</c> asks for it.</summary>
public sealed class ContainerRun(ContainerStore store, ContainerRemoval removal, RunPlanner planner, StepHandlers handlers, HostFacts host)
{
    /// <summary>Runs a new container to its end.</summary>
    /// <param name="spec">The container.</param>
    /// <param name="openSession">Makes the session that connects its standard streams, once nothing can refuse the run any more.</param>
    /// <param name="options">What else is wanted.</param>
    /// <exception cref="EngineException">It could not be started; what was begun is undone.</exception>
    public RunResult Run(ContainerSpec spec, Func<ContainerSpec, IContainerSession> openSession, RunOptions options)
    {
        var planned = RunPreparation.Prepare(planner, ServiceNotice.Prepare(spec, store.Paths), host, store.Paths, options);
        if (options.DryRun)
        {
            return new RunResult(0, false, planned.Plan!);
        }

        using var held = store.Create(spec, writeSpec: !spec.AutoRemove);
        var events = new EventTeller(store.Events, holdsBack: spec.AutoRemove);
        events.Tell(ContainerEvents.Of(spec, "create"), ContainerEvents.Of(spec, "attach"));
        options.Created?.Invoke();
        ContainerState end;
        try
        {
            end = new RunAttempt(store, removal, handlers, host).Run(planned, openSession, options with { Events = events });
        }
        catch (EngineException e)
        {
            Finish(spec, ContainerEnd.NotStarted(e), held, events);
            throw;
        }

        Finish(spec, end, held, events);
        return new RunResult(end.ExitCode, end.OomKilled, planned.Plan!);
    }

    // A container that failed to start stays, as docker's does, unless --rm: `ps -a` and `inspect` show why.
    private void Finish(ContainerSpec spec, ContainerState end, ContainerLock held, EventTeller events)
    {
        if (spec.AutoRemove && !store.IsLeftBehind(spec.Id))
        {
            removal.Remove(spec.Id, spec.Name, held);
            events.End(ContainerEvents.Of(spec, "destroy"));
        }
        else
        {
            store.Write(spec.Id, end);
            held.Remove();
        }
    }
}
