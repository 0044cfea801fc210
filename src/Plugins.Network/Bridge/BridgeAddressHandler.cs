using System.Net;
using MiniDock.Abstractions.Plan;
using MiniDock.Linux;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Addresses;
using MiniDock.Plugins.Network.Links;
using MiniDock.Plugins.Network.None;

namespace MiniDock.Plugins.Network.Bridge;

/// <summary>Brings the interfaces of a container up and gives them address and default route, through a socket of its namespace.</summary>
public sealed class BridgeAddressHandler : IStepHandler
{
    private static readonly LinkSettings Up = new() { Up = true };

    /// <inheritdoc/>
    public string Kind => NetworkStepKinds.Address;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var lease = BridgeArguments.Required(context, step.Requires[1]);
        var name = step.Arguments["interface"];
        var cidr = lease["address"].Split('/');
        using var inside = Namespaces.OpenOf(context.Pid, NamespaceTypes.Network);
        using var socket = NetlinkSocket.OpenIn(inside, NetlinkProtocol.Route);
        var index = socket.FindLink(name)?.Index ?? throw new LinuxException("find link", name, Errno.ENODEV);

        var (address6, gateway6) = (lease.Find("address6") is { } text6 ? LinkAddress.Parse(text6) : null, lease.Find("gateway6"));
        if (address6 is not null)
        {
            NetworkNamespaces.Run(inside, () => Ipv6Interface.Prepare(name));
        }

        var batch = new RouteBatch();
        batch.SetLink(LoopbackHandler.LoopbackIndex, Up);
        batch.AddAddress(index, Ipv4Address.Parse(cidr[0]).ToIPAddress(), int.Parse(cidr[1], System.Globalization.CultureInfo.InvariantCulture));
        batch.SetLink(index, Up);
        if (step.Arguments["route"] == "true")
        {
            batch.AddRoute(null, 0, Ipv4Address.Parse(lease["gateway"]).ToIPAddress(), index);
        }

        if (address6 is not null)
        {
            batch.AddAddress(index, address6.Address, address6.PrefixLength);
            if (step.Arguments["route"] == "true" && gateway6 is not null)
            {
                batch.AddRoute(null, 0, IPAddress.Parse(gateway6), index);
            }
        }

        socket.Execute(batch);
        return StepValues.Empty;
    }

    /// <summary>Nothing: all of it ends with the namespace.</summary>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
    }
}
