using System.Diagnostics;
using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Run.Journal;

namespace MiniDock.Engine.Run;

/// <summary>Applies the host steps of a plan, journaling each before and after.</summary>
public sealed class PlanExecutor(StepHandlers handlers, RunJournal journal, StepContext context, PlanTrace? trace = null)
{
    /// <summary>Applies all steps of a host phase in order. The first failure ends it; what was begun is in the journal.</summary>
    public void Apply(RunPlan plan, PlanPhase phase)
    {
        foreach (var step in plan.Steps)
        {
            if (step.Phase == phase)
            {
                var handler = handlers.Of(step);
                Record(step, () => handler.Apply(step, context));
            }
        }
    }

    /// <summary>Journals a step around an action that is not a handler's: the clone.</summary>
    public StepValues Record(PlanStep step, Func<StepValues> apply)
    {
        var began = Stopwatch.GetTimestamp();
        journal.Intent(step);
        var receipt = apply();
        context.Add(step, receipt);
        journal.Receipt(step, receipt);
        trace?.Add(step, Stopwatch.GetElapsedTime(began), receipt);
        return receipt;
    }
}
