using MiniDock.Abstractions.Plan;

namespace MiniDock.Tests.Unit.Run;

/// <summary>A handler that notes what is asked of it, and fails where the test says so.</summary>
internal sealed class RecordingHandler(string kind, List<string> calls) : IStepHandler
{
    public string Kind => kind;

    public bool FailsToApply { get; init; }

    public bool FailsToUndo { get; init; }

    public StepValues Apply(PlanStep step, IStepContext context)
    {
        calls.Add($"apply {step.Id}");
        return FailsToApply ? throw new IOException($"apply {step.Id}: EIO") : StepValues.Of(("of", step.Id));
    }

    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        calls.Add(receipt is null ? $"undo {step.Id} without receipt" : $"undo {step.Id} of {receipt["of"]}");
        if (FailsToUndo)
        {
            throw new IOException($"undo {step.Id}: EBUSY");
        }
    }
}
