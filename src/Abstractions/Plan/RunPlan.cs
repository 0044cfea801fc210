namespace MiniDock.Abstractions.Plan;

/// <summary>All steps of one run, in the order of their application within each phase.</summary>
/// <param name="Steps">The steps.</param>
public sealed record RunPlan(IReadOnlyList<PlanStep> Steps)
{
    /// <summary>The steps of one phase.</summary>
    public IEnumerable<PlanStep> In(PlanPhase phase) => Steps.Where(s => s.Phase == phase);
}
