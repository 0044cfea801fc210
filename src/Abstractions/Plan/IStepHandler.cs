namespace MiniDock.Abstractions.Plan;

/// <summary>Applies and undoes the host steps of one kind. Handlers keep no state.</summary>
public interface IStepHandler
{
    /// <summary>The kind of step that it handles.</summary>
    string Kind { get; }

    /// <summary>Whether processes cannot die while the step's effect lasts (they are frozen): it is undone before the first process is killed.</summary>
    bool HoldsProcesses => false;

    /// <summary>Applies the step. The intent is on disk already; the receipt is written after it returns.</summary>
    /// <returns>What later steps and <see cref="Undo"/> need to know; <see cref="StepValues.Empty"/> for nothing.</returns>
    StepValues Apply(PlanStep step, IStepContext context);

    /// <summary>Makes the effect again where somebody undid it from outside while the run goes on. Nothing where it is there, and by default.</summary>
    void Mend(PlanStep step, StepValues receipt, IStepContext context)
    {
    }

    /// <summary>Takes the step's effect back. Idempotent; called with a null receipt when the application was cut short at any
    /// instant, and for the step that failed; throws only when something is really left behind.</summary>
    void Undo(PlanStep step, StepValues? receipt, IStepContext context);
}
