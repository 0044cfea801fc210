using MiniDock.Abstractions.Plan;
using MiniDock.Linux;
using MiniDock.Plugins.Network.Links;

namespace MiniDock.Plugins.Network.Cni;

/// <summary>Holds the network namespace of a container for its plugins: DEL comes when the container's processes are dead, and must still find it.</summary>
public sealed class CniHoldHandler : IStepHandler
{
    /// <summary>Kind of the step.</summary>
    public const string StepKind = "cni.hold";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        using var inside = Namespaces.OpenOf(context.Pid, NamespaceTypes.Network);
        HeldNamespace.Hold(step.Arguments["namespace"], inside);
        return StepValues.Empty;
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context) => HeldNamespace.LetGo(step.Arguments["namespace"]);
}
