using System.Globalization;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Network.Bridge;
using MiniDock.Plugins.Network.Links;

namespace MiniDock.Plugins.Network.Stacked;

/// <summary><c>--net macvlan:DEVICE</c>, <c>--net ipvlan:DEVICE</c>, and networks of these drivers: a link on top of a device of the host.</summary>
/// <param name="kind">The kind of link.</param>
public sealed class StackedNetworkProvider(StackedKind kind) : INetworkProvider
{
    /// <inheritdoc/>
    public string Name => kind.Name;

    /// <inheritdoc/>
    public IEnumerable<IStepHandler> Handlers => [new StackedParentHandler(), new BridgeLeaseHandler(), new StackedLinkHandler(), new LinkAddressHandler(), new BridgeNamesHandler()];

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(NetworkRequest request)
    {
        var problems = new List<Problem>();
        StackedOptions.Read(kind, request, problems);
        return problems;
    }

    /// <inheritdoc/>
    public NamespaceSpec? Namespace(NetworkRequest request) => null;

    /// <inheritdoc/>
    public IEnumerable<PlanStep> Plan(NetworkRequest request)
    {
        var options = StackedOptions.Read(kind, request, [])!;
        var linkId = $"net.{request.Index}.link";
        string? leaseId = null;
        if (options.Network is { } network)
        {
            var parent = Parent(request, options);
            var lease = BridgePlan.Lease(request, network, parent.Id, options.Address, options.Link.Mac);
            leaseId = lease.Id;
            yield return parent;
            yield return lease;
        }

        yield return Link(request, options, linkId, leaseId);
        var route = !options.HasRoute ? LinkRoute.None : kind.IsRouted(options.Mode) && options.Link.Gateway is null ? LinkRoute.Device : LinkRoute.Gateway;
        yield return LinkAddressHandler.Plan(request, options.Link with { Mac = null, MtuBytes = null }, linkId, route, leaseId);
        if (leaseId is not null)
        {
            yield return BridgePlan.Names(request, options.Network!, options.Aliases, linkId, leaseId);
        }
    }

    private static PlanStep Parent(NetworkRequest request, StackedOptions options) => new()
    {
        Id = $"net.{request.Index}.network",
        Phase = PlanPhase.HostBefore,
        Kind = StackedParentHandler.StepKind,
        Arguments = StepValues.Of(("network", options.Network!.Name)),
        Why = "the device that the network lies on",
        ManPage = "rtnetlink(7)",
        Shell = $"ip link show {options.Parent}" + (!options.Network.OwnsDevice ? ""
            : StackedParent.Vlan(options.Parent) is var (device, id) ? string.Create(CultureInfo.InvariantCulture, $" || ip link add link {device} name {options.Parent} up type vlan id {id}")
            : $" || ip link add {options.Parent} up type dummy"),
    };

    private PlanStep Link(NetworkRequest request, StackedOptions options, string id, string? leaseId)
    {
        var mtu = options.Link.MtuBytes?.ToString(CultureInfo.InvariantCulture);
        return new PlanStep
        {
            Id = id,
            Phase = PlanPhase.HostAfter,
            Kind = StackedLinkHandler.StepKind,
            Arguments = StepValues.Of(
                ("type", kind.Name), ("parent", options.Parent), ("mode", options.Mode), ("interface", request.InterfaceName),
                ("attachment", request.Index.ToString(CultureInfo.InvariantCulture)),
                ("mac", options.Link.Mac?.ToString()), ("mtu", mtu), ("lease", leaseId)),
            Requires = leaseId is null ? ["spawn"] : ["spawn", leaseId],
            Why = "a link of the container's own on the device's cable",
            ManPage = "ip-link(8)",
            Shell = $"ip link add link {options.Parent} name {request.InterfaceName} netns $PID" + (options.Link.Mac is { } mac ? $" address {mac}" : "")
                + (mtu is null ? "" : $" mtu {mtu}") + $" type {kind.Name} mode {options.Mode}",
        };
    }
}
