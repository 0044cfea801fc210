using MiniDock.Abstractions.Plan;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Links;

namespace MiniDock.Plugins.Network.Bridge;

/// <summary>Makes the veth pair between a container and a bridge, in one message.</summary>
public sealed class BridgePortHandler : IStepHandler
{
    /// <inheritdoc/>
    public string Kind => NetworkStepKinds.Port;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var arguments = step.Arguments;
        var network = BridgeArguments.Required(context, step.Requires[1]);
        var lease = BridgeArguments.Required(context, step.Requires[2]);
        MacAddress.TryParse(lease["mac"], out var mac);
        int? mtu = BridgeArguments.Number(arguments, "mtu") is > 0 and var bytes ? bytes : null;
        var near = new LinkSettings { Up = true, Master = BridgeArguments.Number(network, "index"), MtuBytes = mtu };
        var far = new LinkSettings { Address = mac, MtuBytes = mtu, Namespace = NamespaceReference.OfPid(context.Pid) };

        using var socket = NetlinkSocket.Open(NetlinkProtocol.Route);
        var name = VethPair.Create(socket, context.ContainerId, BridgeArguments.Number(arguments, "attachment"), near, arguments["interface"], far);
        if (arguments["hairpin"] == "true")
        {
            // Needed where bridged packets pass the packet filter (bridge-nf-call-iptables): there a container that uses its own
            // published port is answered by its own bridge port.
            var batch = new RouteBatch();
            batch.SetLink(name, new LinkSettings { Hairpin = true });
            socket.Execute(batch);
        }

        return StepValues.Of(("host", name));
    }

    /// <summary>Nothing: the pair ends with the container's namespace. Deleting it here would block for 20 ms.</summary>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
    }
}
