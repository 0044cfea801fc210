using MiniDock.Abstractions.Plan;

namespace MiniDock.Engine.Run;

/// <summary>What each step of a run took and returned: <c>--trace</c> prints it after the run.</summary>
public sealed class PlanTrace
{
    private readonly Dictionary<string, (TimeSpan Took, StepValues Receipt)> _steps = new(StringComparer.Ordinal);

    /// <summary>Notes a step.</summary>
    public void Add(PlanStep step, TimeSpan took, StepValues receipt) => _steps[step.Id] = (took, receipt);

    /// <summary>What a step took, or null when it was not applied on the host.</summary>
    public (TimeSpan Took, StepValues Receipt)? Of(PlanStep step) => _steps.TryGetValue(step.Id, out var entry) ? entry : null;
}
