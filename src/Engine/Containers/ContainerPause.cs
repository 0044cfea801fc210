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

/// <summary>Freezes running containers and lets them go on. The freezing is a step in the journal of the run: whoever ends the run undoes it first.</summary>
public sealed class ContainerPause(ContainerStore store, StepHandlers handlers, ProviderSet providers, Func<HostFacts> host)
{
    /// <summary>Freezes a container.</summary>
    /// <exception cref="EngineException">It does not run, is frozen already, or cannot be frozen; exit code 1.</exception>
    public void Pause(Container container)
    {
        using var held = RunLock.TryTake(store.Paths, container.Id);
        var now = Running(container.Id, held) ?? throw NotRunning(container);
        if (now.State.Status == ContainerStatus.Paused)
        {
            throw new EngineException($"container {now.Spec.Name}: EBUSY (is already paused)", exitCode: 1);
        }

        var facts = host();
        var step = providers.Cgroup(now.Spec.CgroupDriver, facts)?.PlanFreeze(new CgroupRequest(now.Spec, facts, store.Paths))
            ?? throw new EngineException(
                $"pause container {now.Spec.Name}: ENOTSUP (nothing can freeze it)", "that takes the freezer controller of cgroup version 1, or cgroup version 2", exitCode: 1);
        var handler = handlers.Of(step);
        using var journal = store.Journal(now.Id);
        try
        {
            var context = new StepContext(now.Id, store.Paths);
            new PlanExecutor(handlers, journal, context).Record(step, () =>
            {
                // The mark first: should we be killed here, the container is said to be paused, and unpausing it mends that.
                store.MarkPaused(now.Id, paused: true);
                return handler.Apply(step, context);
            });
        }
        catch
        {
            Thaw(now.Id, journal);
            throw;
        }

        store.Events.Append(ContainerEvents.Of(now.Spec, "pause"));
    }

    /// <summary>Lets a frozen container go on.</summary>
    /// <exception cref="EngineException">It is not frozen; exit code 1.</exception>
    public void Unpause(Container container)
    {
        using var held = RunLock.TryTake(store.Paths, container.Id);
        var now = Running(container.Id, held) ?? throw NotRunning(container);
        if (now.State.Status != ContainerStatus.Paused)
        {
            throw new EngineException($"container {now.Spec.Name}: EINVAL (is not paused)", exitCode: 1);
        }

        using var journal = store.Journal(now.Id);
        Thaw(now.Id, journal);
        store.Events.Append(ContainerEvents.Of(now.Spec, "unpause"));
    }

    /// <summary>Lets a container go on if it is frozen: a signal that ends it has been sent.</summary>
    public void Release(ContainerId id)
    {
        if (store.IsPaused(id))
        {
            using var held = RunLock.TryTake(store.Paths, id);
            if (held is not null)
            {
                using var journal = store.Journal(id);
                Thaw(id, journal);
            }
        }
    }

    private void Thaw(ContainerId id, RunJournal journal)
    {
        var reversal = new PlanReversal(handlers, new StepContext(id, store.Paths));
        reversal.Free(journal.Read(StepScope.Run));
        journal.Forget(step => handlers.Find(step.Kind) is { HoldsProcesses: true });
        store.MarkPaused(id, paused: false);
    }

    // What the caller saw of it may be over.
    private Container? Running(ContainerId id, RunLock? held) =>
        held is not null && store.Read(id) is { IsAlive: true } now ? now : null;

    private static EngineException NotRunning(Container container) => container.State.Status == ContainerStatus.Restarting
        ? new($"container {container.Spec.Name}: EBUSY (is restarting)", "wait until it runs", exitCode: 1)
        : new($"container {container.Spec.Name}: ESRCH (is not running)", "minidock ps lists those that run", exitCode: 1);
}
