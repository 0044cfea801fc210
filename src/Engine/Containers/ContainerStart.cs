using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Monitor;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Events;
using MiniDock.Engine.Run;

namespace MiniDock.Engine.Containers;

/// <summary>Makes containers that outlive the command, and starts them.</summary>
public sealed class ContainerStart(ContainerStore store, MonitorLauncher launcher, RunPlanner planner, HostFacts host)
{
    /// <summary>Enters a container into the store without starting it: <c>create</c>.</summary>
    /// <exception cref="EngineException">It could never be started like this, or its name is taken.</exception>
    public void Create(ContainerSpec spec, RunOptions options)
    {
        RunPreparation.Prepare(planner, spec, host, store.Paths, options);
        if (!options.DryRun)
        {
            using var held = store.Create(spec);
            store.Events.Append(ContainerEvents.Of(spec, "create"));
            options.Created?.Invoke();
            store.Release(spec.Id, held);
        }
    }

    /// <summary>Makes a container and starts it: <c>run -d</c>, and a run that can be detached from.</summary>
    /// <param name="spec">The container.</param>
    /// <param name="options">What else is wanted.</param>
    /// <param name="attach">Connects with the monitor before the container runs; null for nobody.</param>
    /// <exception cref="EngineException">It did not start.</exception>
    public void Run(ContainerSpec spec, RunOptions options, Action? attach = null)
    {
        RunPreparation.Prepare(planner, spec, host, store.Paths, options);
        if (!options.DryRun)
        {
            var held = store.Create(spec);
            store.Events.Append(ContainerEvents.Of(spec, "create"));
            options.Created?.Invoke();
            launcher.Start(spec.Id, held, attach);
        }
    }

    /// <summary>Starts a container that is in the store; one that runs is left alone.</summary>
    /// <param name="container">The container.</param>
    /// <param name="attach">Connects with the monitor before the container runs, so that nothing of its output is missed; null for nobody.</param>
    /// <exception cref="EngineException">It did not start.</exception>
    public void Start(Container container, Action? attach = null)
    {
        ContainerLock? held;
        while ((held = ContainerLock.TryTake(store.Paths, container.Id)) is null)
        {
            if (store.IsPaused(container.Id))
            {
                throw new EngineException($"container {container.Spec.Name}: EBUSY (is paused)", $"minidock unpause {container.Spec.Name}", exitCode: 1);
            }

            if (store.Reread(container).IsActive)
            {
                return;
            }

            // Somebody starts it, or copies its files while it does not run.
            Thread.Sleep(1);
        }

        if (store.Read(container.Id) is null)
        {
            held.Remove();
            held.Dispose();
            throw ContainerStore.Removed(container);
        }

        store.MakeRunDirectory(container.Id);
        store.MarkStoppedByHand(container.Id, stopped: false);
        launcher.Start(container.Id, held, attach);
    }

    /// <summary>Starts every container that a reboot should not keep down: <c>start --restart-policy</c>.</summary>
    /// <returns>What was to be started, with the error of those that could not be.</returns>
    public IReadOnlyList<(Container Container, EngineException? Error)> StartDue()
    {
        var started = new List<(Container, EngineException?)>();
        foreach (var container in store.List().Where(IsDue))
        {
            try
            {
                Start(container);
                started.Add((container, null));
            }
            catch (EngineException e)
            {
                started.Add((container, e));
            }
        }

        return started;
    }

    private bool IsDue(Container container) =>
        container.State.Status == ContainerStatus.Exited
        && container.Spec.Restart.Name switch
        {
            RestartPolicy.Always => true,
            RestartPolicy.UnlessStopped => !store.WasStoppedByHand(container.Id),
            _ => false,
        };
}
