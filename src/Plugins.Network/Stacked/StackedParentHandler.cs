using MiniDock.Abstractions;
using MiniDock.Abstractions.Plan;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Bridge;
using MiniDock.Plugins.Network.Definitions;

namespace MiniDock.Plugins.Network.Stacked;

/// <summary>Sees to it that the device is there that a made network lies on. Its receipt describes the network to the step that takes an address.</summary>
public sealed class StackedParentHandler : IStepHandler
{
    /// <summary>Kind of the step.</summary>
    public const string StepKind = "stacked.parent";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var name = step.Arguments["network"];
        var network = new DefinitionStore(context.Paths).Find(name)
            ?? throw new EngineException($"network {name}: ENOENT (no such network)", "minidock network ls lists the networks");
        using var socket = NetlinkSocket.Open(NetlinkProtocol.Route);
        return BridgeArguments.Of(network, StackedParent.Ensure(socket, network));
    }

    /// <summary>Nothing: the device is the host's, or goes with the network.</summary>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
    }
}
