using MiniDock.Abstractions.Plan;

namespace MiniDock.Plugins.Network.Bridge;

/// <summary>Makes ports of the host lead to a container.</summary>
public sealed class BridgePublishHandler : IStepHandler
{
    /// <inheritdoc/>
    public string Kind => NetworkStepKinds.Publish;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context) => throw new NotSupportedException("publishing comes with the packet filter");

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
    }
}
