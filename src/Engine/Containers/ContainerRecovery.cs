using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Events;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers;

/// <summary>Finds what dead engines left and takes it back. Every command sweeps first; without a daemon there is nobody else to.</summary>
public sealed class ContainerRecovery(ContainerStore store, ContainerRemoval removal, Action<string> warn)
{
    // To try each lock costs less up to here than to read the table of all locks.
    private const int FewContainers = 8;

    /// <summary>Looks at every container that has a run directory, and once after each boot at all of them.</summary>
    public void Sweep()
    {
        var swept = Path.Combine(store.Paths.RunRoot, "swept");
        if (Directory.Exists(store.Paths.Containers) && !File.Exists(swept))
        {
            foreach (var id in store.AllIds())
            {
                Recover(id);
            }

            Files.CreateDirectories(store.Paths.RunRoot, 0x1C0);
            File.WriteAllBytes(swept, []);
        }

        var active = store.ActiveIds();
        HashSet<ContainerId> held = active.Count > FewContainers ? ContainerLock.Held(store.Paths) : [];
        foreach (var id in active)
        {
            if (!held.Contains(id))
            {
                Recover(id);
            }
        }
    }

    /// <summary>Recovers one container if no engine holds it.</summary>
    public void Recover(ContainerId id)
    {
        using var held = ContainerLock.TryTake(store.Paths, id);
        if (held is null)
        {
            return;
        }

        try
        {
            Recover(id, held);
        }
        catch (Exception e) when (e is IOException or Abstractions.EngineException or UnauthorizedAccessException)
        {
            warn($"recover container {id.Short}: {e.Message}");
        }
    }

    private void Recover(ContainerId id, ContainerLock held)
    {
        var wasActive = Directory.Exists(store.Paths.RunDirectory(id));
        var before = store.Read(id);
        if (!wasActive && before is null && !Directory.Exists(store.Paths.StateDirectory(id)))
        {
            held.Remove();
            return;
        }

        if (wasActive)
        {
            removal.UndoRun(id);
        }

        var lost = before is { IsRunning: true } ? ContainerEnd.AfterLostEngine(before.State) : null;
        if (lost is not null)
        {
            store.Events.Append([ContainerEvents.Die(before!.Spec, lost), .. NetworkEvents.Of("disconnect", before.Spec, before.State.Networks, store.Paths)]);
        }

        if (before is null && store.IsDamaged(id))
        {
            // What it has written may be worth something: that is for the user to say.
            held.Remove();
            throw store.Damaged(id);
        }

        if (before is null || before.Spec.AutoRemove)
        {
            removal.Remove(id, before?.Spec.Name, held);
            if (before is not null)
            {
                store.Events.Append(ContainerEvents.Of(before.Spec, "destroy"));
            }
        }
        else
        {
            if (before.State.Status != ContainerStatus.Created)
            {
                store.Write(id, lost ?? before.State);
            }

            held.Remove();
        }
    }
}
