using System.Globalization;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Plugins.Network.Links;
using MiniDock.Plugins.Network.Names;

namespace MiniDock.Plugins.Network.Nic;

/// <summary><c>--net nic:DEV</c>: a device of the host is the container's until it ends; then it is the host's again, as it was.</summary>
public sealed class NicNetworkProvider : INetworkProvider
{
    /// <inheritdoc/>
    public string Name => "nic";

    /// <inheritdoc/>
    public IEnumerable<IStepHandler> Handlers => [new NicStateHandler(), new NicMoveHandler(), new LinkAddressHandler()];

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(NetworkRequest request)
    {
        var problems = new List<Problem>();
        LinkOptions.Read(request, problems);
        var shown = NameProblems.Shown(request.Attachment.ToString());
        if (request.Attachment.Instance == "lo")
        {
            problems.Add(new($"network {shown}: EINVAL (the loopback stays in its namespace)", "ip link lists devices"));
        }
        else if (request.Attachment.Instance is not { } device || !NetworkNames.IsInterfaceName(device))
        {
            problems.Add(new($"network {shown}: EINVAL (names no device)", "write --net nic:DEV; ip link lists devices"));
        }
        else
        {
            using var socket = NetlinkSocket.Open(NetlinkProtocol.Route);
            if (socket.FindLink(device) is null)
            {
                problems.Add(new($"network {shown}: ENODEV (no such device)", "ip link lists devices; one that a container has is not on the host"));
            }
        }

        return problems;
    }

    /// <inheritdoc/>
    public NamespaceSpec? Namespace(NetworkRequest request) => null;

    /// <inheritdoc/>
    public IEnumerable<PlanStep> Plan(NetworkRequest request)
    {
        var device = request.Attachment.Instance!;
        var stateId = $"net.{request.Index}.state";
        var moveId = $"net.{request.Index}.move";
        yield return new PlanStep
        {
            Id = stateId,
            Phase = PlanPhase.HostBefore,
            Kind = NicStateHandler.StepKind,
            Arguments = StepValues.Of(("device", device)),
            Why = "what the device is to be again when the container ends",
            ManPage = "rtnetlink(7)",
            Shell = $"ip address show {device}; ip route show dev {device}",
        };
        yield return new PlanStep
        {
            Id = moveId,
            Phase = PlanPhase.HostAfter,
            Kind = NicMoveHandler.StepKind,
            Arguments = StepValues.Of(
                ("device", device), ("interface", request.InterfaceName), ("attachment", request.Index.ToString(CultureInfo.InvariantCulture)), ("state", stateId)),
            Requires = ["spawn", stateId],
            Why = "the device becomes the container's; its namespace is held, so that it cannot die with it",
            ManPage = "network_namespaces(7)",
            Shell = $"mount --bind /proc/$PID/ns/net HELD; ip link set {device} name {request.InterfaceName} netns $PID",
        };
        yield return LinkAddressHandler.Plan(request, LinkOptions.Read(request, []), moveId);
    }
}
