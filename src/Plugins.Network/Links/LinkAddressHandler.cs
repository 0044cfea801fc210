using System.Globalization;
using System.Net;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.None;

namespace MiniDock.Plugins.Network.Links;

/// <summary>Gives an interface that is in the container's namespace already its hardware address, MTU, addresses and default route, and brings it up.</summary>
public sealed class LinkAddressHandler : IStepHandler
{
    /// <summary>Kind of the step.</summary>
    public const string StepKind = "link.address";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <summary>The step of an attachment whose addresses the user gives.</summary>
    /// <param name="request">The attachment.</param>
    /// <param name="options">What it asks for.</param>
    /// <param name="requires">The step that has put the interface there.</param>
    public static PlanStep Plan(NetworkRequest request, LinkOptions options, string requires) =>
        Plan(request, options, requires, request.IsDefaultRoute && options.Gateway is not null ? LinkRoute.Gateway : LinkRoute.None);

    /// <summary>The step.</summary>
    /// <param name="request">The attachment.</param>
    /// <param name="options">What it asks for.</param>
    /// <param name="requires">The step that has put the interface there.</param>
    /// <param name="route">Its default route.</param>
    /// <param name="lease">The step whose receipt has one more address, and the gateway; or null.</param>
    public static PlanStep Plan(NetworkRequest request, LinkOptions options, string requires, LinkRoute route, string? lease = null)
    {
        var name = request.InterfaceName;
        var gateway = route == LinkRoute.Gateway ? options.Gateway?.ToString() : null;
        var attachment = request.Attachment;
        var commands = new List<string> { "ip link set lo up" };
        commands.AddRange(options.Addresses.Select(a => $"ip address add {a} dev {name}"));
        if (lease is not null)
        {
            commands.Add($"ip address add $ADDRESS dev {name}");
        }

        commands.Add($"ip link set {name} up" + (options.Mac is { } mac ? $" address {mac}" : "") + (options.MtuBytes is { } mtu ? $" mtu {mtu}" : ""));
        if (route != LinkRoute.None)
        {
            commands.Add("ip route add default" + (route == LinkRoute.Gateway ? $" via {gateway ?? "$GATEWAY"}" : "") + $" dev {name}");
        }

        return new PlanStep
        {
            Id = $"net.{request.Index}.address",
            Phase = PlanPhase.HostAfter,
            Kind = StepKind,
            Arguments = StepValues.Of(
                ("network", lease is not null ? attachment.Instance : attachment.Instance is null ? attachment.Provider : $"{attachment.Provider}:{attachment.Instance}"),
                ("interface", name),
                ("addresses", options.Addresses.Count > 0 ? string.Join(' ', options.Addresses) : null),
                ("gateway", gateway),
                ("route", route == LinkRoute.Device ? "device" : route == LinkRoute.Gateway && gateway is null ? "lease" : null),
                ("lease", lease),
                ("mac", options.Mac?.ToString()),
                ("mtu", options.MtuBytes?.ToString(CultureInfo.InvariantCulture))),
            Requires = lease is null ? [requires] : [requires, lease],
            Why = "interfaces up, address and default route",
            ManPage = "rtnetlink(7)",
            Shell = $"nsenter -t $PID -n sh -c '{string.Join("; ", commands)}'",
        };
    }

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var arguments = step.Arguments;
        var name = arguments["interface"];
        var addresses = (arguments.Find("addresses")?.Split(' ') ?? []).Select(LinkAddress.Parse).ToList();
        var lease = arguments.Find("lease") is { } leaseId ? context.ReceiptOf(leaseId) : null;
        if (lease?.Find("address") is { } leased)
        {
            addresses.Insert(0, LinkAddress.Parse(leased));
        }

        var gateway = arguments.Find("gateway") ?? (arguments.Find("route") == "lease" ? lease?.Find("gateway") : null);
        using var inside = Namespaces.OpenOf(context.Pid, NamespaceTypes.Network);
        using var socket = NetlinkSocket.OpenIn(inside, NetlinkProtocol.Route);
        var index = socket.FindLink(name)?.Index ?? throw new LinuxException("find link", name, Errno.ENODEV);

        var batch = new RouteBatch();
        batch.SetLink(LoopbackHandler.LoopbackIndex, new LinkSettings { Up = true });
        batch.SetLink(index, new LinkSettings
        {
            Address = arguments.Find("mac") is { } mac && MacAddress.TryParse(mac, out var parsed) ? parsed : null,
            MtuBytes = arguments.Find("mtu") is { } mtu ? int.Parse(mtu, CultureInfo.InvariantCulture) : null,
        });
        foreach (var (address, prefixLength) in addresses)
        {
            batch.AddAddress(index, address, prefixLength);
        }

        batch.SetLink(index, new LinkSettings { Up = true });
        if (gateway is not null)
        {
            batch.AddRoute(null, 0, IPAddress.Parse(gateway), index);
        }
        else if (arguments.Find("route") == "device")
        {
            batch.AddRoute(IPAddress.Any, 0, null, index);
        }

        socket.Execute(batch);
        return StepValues.Of(
            ("network", arguments["network"]),
            ("interface", name),
            ("address", addresses.Find(a => !a.IsVersion6)?.ToString()),
            ("address6", addresses.Find(a => a.IsVersion6)?.ToString()),
            ("gateway", gateway),
            ("mac", socket.FindLink(index)?.Address?.ToString()));
    }

    /// <summary>Nothing: all of it ends with the interface or its namespace.</summary>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
    }
}
