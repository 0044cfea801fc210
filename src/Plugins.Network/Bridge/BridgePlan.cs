using System.Globalization;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Plugins.Network.Names;

namespace MiniDock.Plugins.Network.Bridge;

/// <summary>The steps of one attachment to a bridge.</summary>
internal sealed class BridgePlan(NetworkRequest request, NetworkDefinition network, bool isNew, BridgeOptions options)
{
    private const string Spawn = "spawn";

    private readonly string _table = NetworkNames.Table(request.Paths);
    private readonly string _networkId = $"net.{request.Index}.network";
    private readonly string _leaseId = LeaseId(request);
    private readonly string _portId = $"net.{request.Index}.port";

    public IEnumerable<PlanStep> Steps()
    {
        yield return Network();
        yield return Lease(request, network, _networkId, options.Address?.ToString(), options.Mac, options.Address6?.ToString());
        yield return Port();
        yield return Address();
        if (options.Ports.Count > 0)
        {
            yield return Publish();
        }

        if (network.IsMade)
        {
            yield return Names(request, network, options.Aliases, _portId, _leaseId);
        }
    }

    private PlanStep Network() => new()
    {
        Id = _networkId,
        Phase = PlanPhase.HostBefore,
        Kind = NetworkStepKinds.Network,
        Arguments = BridgeArguments.Of(network).With("table", _table).With("new", isNew ? "true" : "false"),
        Why = "what the containers of the network share; made once, mended when it was removed from outside",
        ManPage = "bridge(8), nft(8)",
        Shell = $"ip link add {network.Device} type bridge; ip address add {network.Gateway}/{network.Subnet.PrefixLength} dev {network.Device}; "
            + $"ip link set {network.Device} up; sysctl -w net.ipv4.ip_forward=1; "
            + $"nft add rule inet {_table} postrouting ip saddr {network.Subnet} oifname != {network.Device} masquerade",
    };

    /// <summary>The step that takes an address of a made network, of whatever driver.</summary>
    /// <param name="request">The attachment.</param>
    /// <param name="network">The network.</param>
    /// <param name="requires">The step whose receipt describes the network.</param>
    /// <param name="address">The address that it must be, or null.</param>
    /// <param name="mac">The hardware address that goes with it, or null.</param>
    /// <param name="address6">The IPv6 address that it must be, or null.</param>
    public static PlanStep Lease(NetworkRequest request, NetworkDefinition network, string requires, string? address, MacAddress? mac, string? address6 = null) => new()
    {
        Id = LeaseId(request),
        Phase = PlanPhase.HostBefore,
        Kind = NetworkStepKinds.Lease,
        Arguments = StepValues.Of(
            ("network", network.Name),
            ("attachment", Text(request.Index)),
            ("interface", request.InterfaceName),
            ("ip", address),
            ("mac", mac?.ToString()),
            ("ip6", address6)),
        Requires = [requires],
        Why = "an address that no other container of the network has",
        ManPage = "flock(2)",
        Shell = $"flock {request.Paths.RunNetworks}/leases/{network.Name} sh -c 'pick and note a free address of {network.Subnet}'",
    };

    private static string LeaseId(NetworkRequest request) => $"net.{request.Index}.lease";

    private PlanStep Port()
    {
        var near = NetworkNames.HostVeth(request.Spec.Id, request.Index, 0);
        return new PlanStep
        {
            Id = _portId,
            Phase = PlanPhase.HostAfter,
            Kind = NetworkStepKinds.Port,
            Arguments = StepValues.Of(
                ("attachment", Text(request.Index)),
                ("interface", request.InterfaceName),
                ("mtu", Text(options.MtuBytes > 0 ? options.MtuBytes : network.MtuBytes)),
                ("hairpin", options.Ports.Count > 0 ? "true" : "false")),
            Requires = [Spawn, _networkId, _leaseId],
            Why = "a cable from the container to the bridge",
            ManPage = "veth(4)",
            Shell = $"ip link add {near} up master {network.Device} numtxqueues 1 numrxqueues 1 type veth peer name {request.InterfaceName} netns $PID numtxqueues 1 numrxqueues 1",
        };
    }

    private PlanStep Address()
    {
        var hasRoute = request.IsDefaultRoute && options.HasGateway && !network.IsInternal;
        return new PlanStep
        {
            Id = $"net.{request.Index}.address",
            Phase = PlanPhase.HostAfter,
            Kind = NetworkStepKinds.Address,
            Arguments = StepValues.Of(("interface", request.InterfaceName), ("route", hasRoute ? "true" : "false")),
            Requires = [_portId, _leaseId],
            Why = "interfaces up, address and default route",
            ManPage = "rtnetlink(7)",
            Shell = $"nsenter -t $PID -n sh -c 'ip link set lo up; ip link set {request.InterfaceName} up; ip address add $ADDRESS/{network.Subnet.PrefixLength} dev {request.InterfaceName}"
                + (hasRoute ? $"; ip route add default via {network.Gateway}'" : "'"),
        };
    }

    private PlanStep Publish() => new()
    {
        Id = $"net.{request.Index}.publish",
        Phase = PlanPhase.HostAfter,
        Kind = NetworkStepKinds.Publish,
        Arguments = StepValues.Of(
            ("name", request.Spec.Name),
            ("ports", string.Join(' ', options.Ports))),
        Requires = [_portId, _networkId, _leaseId],
        Why = "ports of the host that lead to the container",
        ManPage = "nft(8)",
        Shell = string.Join("; ", options.Ports.Select(p =>
            $"nft add element inet {_table} ports '{{ {p.ProtocolName} . {p.HostPort} : $ADDRESS . {p.ContainerPort} }}'")),
    };

    /// <summary>The step by which the containers of a made network, of whatever driver, find a container.</summary>
    /// <param name="request">The attachment.</param>
    /// <param name="network">The network.</param>
    /// <param name="aliases">Its other names.</param>
    /// <param name="linkId">The step that makes its interface.</param>
    /// <param name="leaseId">The step that takes its address.</param>
    public static PlanStep Names(NetworkRequest request, NetworkDefinition network, IReadOnlyList<string> aliases, string linkId, string leaseId) => new()
    {
        Id = $"net.{request.Index}.names",
        Phase = PlanPhase.HostAfter,
        Kind = NetworkStepKinds.Names,
        Arguments = StepValues.Of(
            ("network", network.Name),
            ("attachment", Text(request.Index)),
            ("name", request.Spec.Name),
            ("aliases", aliases.Count > 0 ? string.Join(' ', aliases) : null)),
        Requires = [linkId, leaseId],
        Why = "containers of the network find each other by name",
        ManPage = "hosts(5)",
        Shell = $"for each container of {network.Name}: echo \"$ADDRESS {string.Join(' ', aliases.Prepend(request.Spec.Name))} {request.Spec.Id.Short}\" >> {request.Paths.RunContainers}/$EACH/{NameFilesHandler.Hosts}",
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
