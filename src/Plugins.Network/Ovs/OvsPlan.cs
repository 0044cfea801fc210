using System.Globalization;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Network.Bridge;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Plugins.Network.Links;

namespace MiniDock.Plugins.Network.Ovs;

/// <summary>The steps of one attachment to a switch.</summary>
internal sealed class OvsPlan(NetworkRequest request, OvsOptions options)
{
    private readonly string _near = NetworkNames.HostVeth(request.Spec.Id, request.Index, 0);
    private readonly string _portId = $"net.{request.Index}.port";

    public IEnumerable<PlanStep> Steps()
    {
        string? leaseId = null;
        if (options.Network is { } network)
        {
            var step = Network(network);
            var lease = BridgePlan.Lease(request, network, step.Id, options.Address, options.Link.Mac);
            leaseId = lease.Id;
            yield return step;
            yield return lease;
        }

        yield return Port(leaseId);
        yield return LinkAddressHandler.Plan(request, options.Link, _portId, options.HasRoute ? LinkRoute.Gateway : LinkRoute.None, leaseId);
        yield return Ready();
        if (options.Network is { } named && leaseId is not null)
        {
            yield return BridgePlan.Names(request, named, options.Aliases, _portId, leaseId);
        }
    }

    private PlanStep Network(NetworkDefinition network) => new()
    {
        Id = $"net.{request.Index}.network",
        Phase = PlanPhase.HostBefore,
        Kind = OvsNetworkHandler.StepKind,
        Arguments = StepValues.Of(("network", network.Name)),
        Why = "the switch that the network lies on",
        ManPage = "ovs-vsctl(8)",
        Shell = network.OwnsDevice ? $"ovs-vsctl --may-exist add-br {options.Switch}" : $"ovs-vsctl br-exists {options.Switch}",
    };

    private PlanStep Port(string? leaseId) => new()
    {
        Id = _portId,
        Phase = PlanPhase.HostAfter,
        Kind = OvsPortHandler.StepKind,
        Arguments = StepValues.Of(
            ("switch", options.Switch),
            ("socket", options.SocketPath),
            ("attachment", Text(request.Index)),
            ("interface", request.InterfaceName),
            ("vlan", Text(options.Vlan)),
            ("mtu", Text(options.Link.MtuBytes)),
            ("lease", leaseId)),
        Requires = leaseId is null ? ["spawn"] : ["spawn", leaseId],
        Why = "a cable from the container to the switch",
        ManPage = "ovs-vswitchd.conf.db(5)",
        Shell = $"ip link add {_near} up type veth peer name {request.InterfaceName} netns $PID; "
            + $"ovs-vsctl add-port {options.Switch} {_near}{(options.Vlan is null ? "" : $" tag={Text(options.Vlan)}")} -- set port {_near} external_ids:{OvsPort.ContainerKey}={request.Spec.Id}",
    };

    private PlanStep Ready() => new()
    {
        Id = $"net.{request.Index}.ready",
        Phase = PlanPhase.HostAfter,
        Kind = OvsReadyHandler.StepKind,
        Arguments = StepValues.Of(("socket", options.SocketPath)),
        Requires = [_portId],
        Why = "the switch forwards before the container sends",
        ManPage = "ovs-vsctl(8)",
        Shell = $"ovs-vsctl wait-until interface {_near} 'ofport>0'",
    };

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
