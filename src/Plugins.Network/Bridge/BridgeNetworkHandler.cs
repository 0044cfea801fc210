using MiniDock.Abstractions.Plan;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Addresses;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Plugins.Network.Filter;
using MiniDock.Plugins.Network.Ports;

namespace MiniDock.Plugins.Network.Bridge;

/// <summary>Makes, or mends, what the containers of a network share. It outlives them: undoing a run leaves it.</summary>
public sealed class BridgeNetworkHandler : IStepHandler
{
    /// <inheritdoc/>
    public string Kind => NetworkStepKinds.Network;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var network = BridgeArguments.Network(step.Arguments);
        if (step.Arguments["new"] == "true")
        {
            network = new DefinitionStore(context.Paths).Add(network);
        }

        using var socket = NetlinkSocket.Open(NetlinkProtocol.Route);
        var (index, isNew) = new BridgeDevice(socket, network).Ensure(new LeaseBook(context.Paths));
        Forwarding.Enable(version6: network.Subnet6 is not null);
        new PacketFilter(context.Paths).Ensure(network, mustLook: isNew);
        if (isNew && PortBook.LeadsTo(context.Paths, network.Subnet))
        {
            Forwarding.RouteLoopback(network.Device);
        }

        return BridgeArguments.Of(network, index);
    }

    /// <summary>Nothing: other containers use it.</summary>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
    }
}
