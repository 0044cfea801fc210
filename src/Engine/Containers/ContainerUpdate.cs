using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Events;
using MiniDock.Engine.Run;
using MiniDock.Engine.Run.Journal;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers;

/// <summary>Changes limits and the restart policy of containers, also of those that run. It happens as a whole or not at all: each file is a step in the
/// journal of the run, and so is the specification; what is not all there is undone, by this command or, where that is killed, by whoever comes next.</summary>
public sealed class ContainerUpdate(ContainerStore store, StepHandlers handlers, ProviderSet providers, HostFacts host, Action<string> warn)
{
    /// <summary>Changes a container.</summary>
    /// <param name="container">The container as it was found.</param>
    /// <param name="change">Makes the new specification of the present one.</param>
    /// <exception cref="EngineException">The limits cannot be held, here or beside what is set; nothing has changed.</exception>
    public void Update(Container container, Func<ContainerSpec, ContainerSpec> change)
    {
        using var run = RunLock.TryTake(store.Paths, container.Id);
        using var journal = store.Journal(container.Id);
        if (run is not null)
        {
            TakeBack(container.Id, journal);
        }

        using var held = store.LockSpec(container.Id);
        var now = store.Reread(container);
        var spec = change(now.Spec);
        var provider = providers.Cgroup(spec.CgroupDriver, host) ?? throw new EngineException($"cgroup driver {spec.CgroupDriver}: unknown");
        var request = new CgroupRequest(spec, host, store.Paths);
        if (provider.Validate(request).ToList() is { Count: > 0 } problems)
        {
            throw EngineException.Of(problems, exitCode: 1);
        }

        foreach (var notice in provider.Notices(request).Except(provider.Notices(request with { Spec = now.Spec })))
        {
            warn(notice);
        }

        if (run is not null && now.IsAlive)
        {
            Apply([SpecUpdateHandler.Plan(now.Spec, spec), .. provider.PlanUpdate(request, now.Spec)], spec.Id, journal);
        }
        else
        {
            store.WriteSpec(spec);
        }

        store.Events.Append(ContainerEvents.Of(spec, "update"));
    }

    private static bool IsOfUpdate(PlanStep step) => step.Id.StartsWith(UpdateStepIds.Prefix, StringComparison.Ordinal);

    private void Apply(IReadOnlyList<PlanStep> steps, ContainerId id, RunJournal journal)
    {
        try
        {
            new PlanExecutor(handlers, journal, new StepContext(id, store.Paths)).Apply(new RunPlan(steps), PlanPhase.HostAfter);
        }
        catch (Exception e) when (e is EngineException or IOException)
        {
            TakeBack(id, journal);
            throw;
        }

        // From here on it has happened. A step that has made groups stays in the journal: the end of the run undoes it.
        journal.Forget(step => IsOfUpdate(step) && !step.Id.StartsWith(UpdateStepIds.LastingPrefix, StringComparison.Ordinal));
    }

    // An update that has not come to its end begins with the specification's step: the others of its steps follow that.
    private void TakeBack(ContainerId id, RunJournal journal)
    {
        var begun = journal.Read(StepScope.Run).SkipWhile(e => e.Step.Id != SpecUpdateHandler.StepId).Where(e => IsOfUpdate(e.Step)).ToList();
        if (begun.Count == 0)
        {
            return;
        }

        if (new PlanReversal(handlers, new StepContext(id, store.Paths)).Undo(begun) is { Count: > 0 } failures)
        {
            throw PlanReversal.Error($"take back update of container {id.Short}", failures, "the next update tries it again");
        }

        journal.Forget(step => begun.Exists(e => e.Step.Id == step.Id));
    }
}
