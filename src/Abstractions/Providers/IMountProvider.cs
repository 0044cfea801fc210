using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;

namespace MiniDock.Abstractions.Providers;

/// <summary>Provides one type of user mount (<c>bind</c>, <c>tmpfs</c>, <c>volume</c>…).</summary>
public interface IMountProvider : IProvider
{
    /// <summary>Names all that is wrong with a mount; empty when it may be planned. Changes nothing.</summary>
    IEnumerable<Problem> Validate(MountRequest request);

    /// <summary>The steps of the mount.</summary>
    IEnumerable<PlanStep> Plan(MountRequest request);
}
