using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Events;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers;

/// <summary>Removes containers, also those that another process of ours runs.</summary>
public sealed class ContainerControl(ContainerStore store, ContainerRemoval removal, ContainerPause pause)
{
    /// <summary>Removes a container and all that belongs to it.</summary>
    /// <param name="container">The container as it was found.</param>
    /// <param name="force">Kill it first where it runs.</param>
    /// <exception cref="EngineException">It runs and <paramref name="force"/> is not given, or something is left behind; exit code 1.</exception>
    public void Remove(Container container, bool force)
    {
        if (container.IsActive && !force)
        {
            throw new EngineException(
                $"container {container.Spec.Name}: EBUSY (is {container.State.Status.ToString().ToLowerInvariant()})",
                $"stop it first, or: minidock rm -f {container.Spec.Name}",
                exitCode: 1);
        }

        using var held = TakeOver(container, force);
        if (store.Read(container.Id) is not { } now)
        {
            // Removed by the engine that ran it (--rm), or by another command.
            held.Remove();
            return;
        }

        if (Directory.Exists(store.Paths.RunDirectory(now.Id)))
        {
            removal.UndoRun(now.Id);
        }

        removal.Remove(now.Id, now.Spec.Name, held);
        store.Events.Append(ContainerEvents.Of(now.Spec, "destroy"));
    }

    /// <summary>Removes what is left of a container whose specification is damaged or lost; where it runs, it is killed first.</summary>
    /// <exception cref="EngineException">Something is left behind; exit code 1.</exception>
    public void Discard(ContainerId id)
    {
        ContainerLock? held;
        while ((held = ContainerLock.TryTake(store.Paths, id)) is null)
        {
            store.MarkStoppedByHand(id, stopped: true);
            if (store.StateOf(id) is { Status: ContainerStatus.Running } state)
            {
                FirstProcess.Of(state).Signal(Signal.SIGKILL);
                pause.Release(id);
            }

            Thread.Sleep(1);
        }

        using (held)
        {
            if (Directory.Exists(store.Paths.RunDirectory(id)))
            {
                removal.UndoRun(id);
            }

            removal.Remove(id, null, held);
        }
    }

    // The engine that runs the container holds its lock, and gives it back when it has cleaned up after the death that we cause.
    // The state is read anew each time: the container may be between its creation and its start.
    private ContainerLock TakeOver(Container container, bool force)
    {
        var isTold = false;
        while (true)
        {
            if (ContainerLock.TryTake(store.Paths, container.Id) is { } held)
            {
                return held;
            }

            store.MarkStoppedByHand(container.Id, stopped: true);
            if (force && store.Read(container.Id) is { IsRunning: true } now)
            {
                if (FirstProcess.Of(now.State).Signal(Signal.SIGKILL) && !isTold)
                {
                    isTold = true;
                    store.Events.Append(ContainerEvents.Kill(now.Spec, Signal.SIGKILL));
                }

                pause.Release(container.Id);
            }

            Thread.Sleep(1);
        }
    }
}
