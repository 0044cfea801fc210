using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Run;

/// <summary>What planning came to: a plan, or all the reasons why there is none.</summary>
/// <param name="Spec">The specification with what the providers resolved in it (joined namespaces).</param>
/// <param name="Plan">The plan; null where there are problems.</param>
/// <param name="Cgroup">The cgroup provider that was chosen; null where there are problems.</param>
/// <param name="Problems">Everything that is wrong.</param>
public sealed record PlanningResult(ContainerSpec Spec, RunPlan? Plan, ICgroupProvider? Cgroup, IReadOnlyList<Problem> Problems)
{
    /// <summary>Throws one error that tells all problems.</summary>
    /// <exception cref="EngineException">There are problems; exit code 125.</exception>
    public void ThrowIfImpossible()
    {
        if (Problems.Count > 0)
        {
            throw EngineException.Of(Problems);
        }
    }
}
