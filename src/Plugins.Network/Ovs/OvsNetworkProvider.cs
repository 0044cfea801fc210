using System.Globalization;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Plugins.Network.Links;
using MiniDock.Plugins.Network.Names;
using MiniDock.Plugins.Network.Ovs.Database;

namespace MiniDock.Plugins.Network.Ovs;

/// <summary><c>--net ovs:SWITCH[,vlan=N]</c>: a veth pair whose host's end is a port of an Open vSwitch switch.</summary>
public sealed class OvsNetworkProvider : INetworkProvider
{
    /// <summary>Its name, and that of the driver in definitions.</summary>
    public const string ProviderName = "ovs";

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public IEnumerable<IStepHandler> Handlers => [new OvsPortHandler(), new OvsReadyHandler(), new LinkAddressHandler()];

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(NetworkRequest request)
    {
        var problems = new List<Problem>();
        LinkOptions.Read(request, problems, OvsOptions.Keys);
        var options = OvsOptions.Read(request, problems);
        if (problems.Count == 0)
        {
            CheckSwitch(request, options, problems);
        }

        return problems;
    }

    /// <inheritdoc/>
    public NamespaceSpec? Namespace(NetworkRequest request) => null;

    /// <inheritdoc/>
    public IEnumerable<PlanStep> Plan(NetworkRequest request)
    {
        var links = LinkOptions.Read(request, [], OvsOptions.Keys);
        var port = PortStep(request, OvsOptions.Read(request, []), links.MtuBytes);
        yield return port;
        yield return LinkAddressHandler.Plan(request, links, port.Id);
        yield return ReadyStep(request, port);
    }

    private static PlanStep PortStep(NetworkRequest request, OvsOptions options, int? mtu)
    {
        var near = NetworkNames.HostVeth(request.Spec.Id, request.Index, 0);
        var tag = options.Vlan is { } vlan ? $" tag={vlan.ToString(CultureInfo.InvariantCulture)}" : "";
        return new PlanStep
        {
            Id = $"net.{request.Index}.port",
            Phase = PlanPhase.HostAfter,
            Kind = OvsPortHandler.StepKind,
            Arguments = StepValues.Of(
                ("switch", options.Switch),
                ("socket", options.SocketPath),
                ("attachment", request.Index.ToString(CultureInfo.InvariantCulture)),
                ("interface", request.InterfaceName),
                ("vlan", options.Vlan?.ToString(CultureInfo.InvariantCulture)),
                ("mtu", mtu?.ToString(CultureInfo.InvariantCulture))),
            Requires = ["spawn"],
            Why = "a cable from the container to the switch",
            ManPage = "ovs-vswitchd.conf.db(5)",
            Shell = $"ip link add {near} up type veth peer name {request.InterfaceName} netns $PID; "
                + $"ovs-vsctl add-port {options.Switch} {near}{tag} -- set port {near} external_ids:{OvsPort.ContainerKey}={request.Spec.Id}",
        };
    }

    private static PlanStep ReadyStep(NetworkRequest request, PlanStep port) => new()
    {
        Id = $"net.{request.Index}.ready",
        Phase = PlanPhase.HostAfter,
        Kind = OvsReadyHandler.StepKind,
        Arguments = StepValues.Of(("socket", port.Arguments["socket"])),
        Requires = [port.Id],
        Why = "the switch forwards before the container sends",
        ManPage = "ovs-vsctl(8)",
        Shell = $"ovs-vsctl wait-until interface {NetworkNames.HostVeth(request.Spec.Id, request.Index, 0)} 'ofport>0'",
    };

    private static void CheckSwitch(NetworkRequest request, OvsOptions options, List<Problem> problems)
    {
        try
        {
            using var switches = new OvsSwitches(OvsdbConnection.Open(options.SocketPath));
            if (!switches.Names().Contains(options.Switch))
            {
                throw switches.NoSwitch(options.Switch);
            }
        }
        catch (Exception e) when (e is EngineException or LinuxException or OvsdbException)
        {
            problems.Add(new($"network {NameProblems.Shown(request.Attachment.ToString())}: {e.Message}", (e as EngineException)?.Hint));
        }
    }
}
