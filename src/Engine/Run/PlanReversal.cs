using MiniDock.Abstractions;
using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Run.Journal;

namespace MiniDock.Engine.Run;

/// <summary>Undoes what a journal names, newest first: the end of a run, <c>rm</c> and recovery are all this.</summary>
public sealed class PlanReversal(StepHandlers handlers, StepContext context)
{
    /// <summary>The error of a reversal that left something behind.</summary>
    /// <param name="what">What was to be undone, and of what.</param>
    /// <param name="failures">What <see cref="Undo(RunJournal, StepScope)"/> has returned; one at least.</param>
    /// <param name="hint">What comes next.</param>
    /// <param name="exitCode">Exit status of the command.</param>
    public static EngineException Error(string what, IReadOnlyList<Exception> failures, string hint, int exitCode = 125) =>
        new($"{what}: {string.Join("; ", failures.Select(f => f.Message))}", hint, exitCode, failures[0]);

    /// <summary>Undoes what keeps processes from dying.</summary>
    public void Free(IReadOnlyList<JournalEntry> entries)
    {
        foreach (var (step, receipt) in entries)
        {
            if (handlers.Find(step.Kind) is { HoldsProcesses: true } handler)
            {
                handler.Undo(step, receipt, context);
            }
        }
    }

    /// <summary>Undoes every entry of a scope and removes the journal when nothing was left behind.</summary>
    /// <returns>The failures; the journal stays for the next attempt where there are any.</returns>
    public IReadOnlyList<Exception> Undo(RunJournal journal, StepScope scope)
    {
        var failures = Undo(journal.Read(scope));
        if (failures.Count == 0)
        {
            journal.Clear(scope);
        }

        return failures;
    }

    /// <summary>Undoes some entries, the last one first.</summary>
    /// <returns>The failures.</returns>
    public IReadOnlyList<Exception> Undo(IReadOnlyList<JournalEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry.Receipt is { } receipt)
            {
                context.Add(entry.Step, receipt);
            }
        }

        var failures = new List<Exception>();
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            // A step that failed stops nothing: what remains is undone all the same.
            try
            {
                HandlerOf(entries[i].Step)?.Undo(entries[i].Step, entries[i].Receipt, context);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                failures.Add(e);
            }
        }

        return failures;
    }

    // The kernel undoes what the child did. A step on the host that nobody here knows is of a program that embeds the engine, or of a newer one.
    private IStepHandler? HandlerOf(PlanStep step) => step.Phase is PlanPhase.HostBefore or PlanPhase.HostAfter ? handlers.Of(step) : null;
}
