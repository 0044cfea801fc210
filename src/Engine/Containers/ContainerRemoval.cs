using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Run;
using MiniDock.Engine.Run.Journal;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers;

/// <summary>Ends runs and removes containers by their journals: the one way back, taken at the end of a run, by <c>rm</c> and by recovery.</summary>
public sealed class ContainerRemoval(ContainerStore store, StepHandlers handlers)
{
    /// <summary>Undoes a run, with the lock held. Its processes are dead, or die here.</summary>
    /// <exception cref="EngineException">Something is left behind; the journal stays for the next attempt.</exception>
    public void UndoRun(ContainerId id)
    {
        var paths = store.Paths;
        using var changes = RunLock.TryTake(paths, id);
        using var journal = store.Journal(id);
        KillFirstProcess(id, journal.Read(StepScope.Run));
        Undo(id, journal, StepScope.Run);
        Files.RemoveTree(null, paths.RunDirectory(id));
    }

    /// <summary>Removes a container that does not run, with the lock held.</summary>
    /// <exception cref="EngineException">Something is left behind; the container stays.</exception>
    public void Remove(ContainerId id, string? name, ContainerLock held)
    {
        store.MakeRunDirectory(id);
        using (var journal = store.Journal(id))
        {
            Undo(id, journal, StepScope.Container);
        }

        store.Remove(id, name, held);
    }

    private void Undo(ContainerId id, RunJournal journal, StepScope scope)
    {
        var failures = new PlanReversal(handlers, new StepContext(id, store.Paths)).Undo(journal, scope);
        if (failures.Count > 0)
        {
            throw PlanReversal.Error(
                $"clean up container {id.Short}", failures, $"what is left is tried again by the next command, or by: minidock rm -f {id.Short}");
        }
    }

    // Named by pid, start time and boot: a number alone may be another process by now.
    private void KillFirstProcess(ContainerId id, IReadOnlyList<JournalEntry> entries)
    {
        var spawn = entries.FirstOrDefault(e => e.Step.Kind == SpawnStep.Kind);
        if (spawn?.Receipt is { } receipt && FirstProcess.From(receipt) is { IsAlive: true } first)
        {
            // Killed before it is let go, so that it does not run once more.
            first.Signal(Signal.SIGKILL);
            new PlanReversal(handlers, new StepContext(id, store.Paths)).Free(entries);
            first.Kill();
        }
    }
}
