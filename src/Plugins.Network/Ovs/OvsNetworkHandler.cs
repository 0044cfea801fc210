using MiniDock.Abstractions;
using MiniDock.Abstractions.Plan;
using MiniDock.Plugins.Network.Bridge;
using MiniDock.Plugins.Network.Definitions;

namespace MiniDock.Plugins.Network.Ovs;

/// <summary>Sees to it that the switch of a made network is there. Its receipt describes the network to the step that takes an address.</summary>
public sealed class OvsNetworkHandler : IStepHandler
{
    /// <summary>Kind of the step.</summary>
    public const string StepKind = "ovs.network";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var name = step.Arguments["network"];
        var network = new DefinitionStore(context.Paths).Find(name)
            ?? throw new EngineException($"network {name}: ENOENT (no such network)", "minidock network ls lists the networks");
        OvsNetwork.Ensure(network);
        return BridgeArguments.Of(network);
    }

    /// <summary>Nothing: the switch was there before, or goes with the network.</summary>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
    }
}
