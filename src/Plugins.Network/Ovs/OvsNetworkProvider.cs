using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Network.Bridge;
using MiniDock.Plugins.Network.Links;
using MiniDock.Plugins.Network.Names;
using MiniDock.Plugins.Network.Ovs.Database;

namespace MiniDock.Plugins.Network.Ovs;

/// <summary><c>--net ovs:SWITCH[,vlan=N]</c>, and networks of this driver: a veth pair whose host's end is a port of an Open vSwitch switch.</summary>
public sealed class OvsNetworkProvider : INetworkProvider
{
    /// <summary>Its name, and that of the driver in definitions.</summary>
    public const string ProviderName = "ovs";

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public IEnumerable<IStepHandler> Handlers =>
        [new OvsNetworkHandler(), new BridgeLeaseHandler(), new OvsPortHandler(), new LinkAddressHandler(), new OvsReadyHandler(), new BridgeNamesHandler()];

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(NetworkRequest request)
    {
        var problems = new List<Problem>();
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
    public IEnumerable<PlanStep> Plan(NetworkRequest request) => new OvsPlan(request, OvsOptions.Read(request, [])).Steps();

    private static void CheckSwitch(NetworkRequest request, OvsOptions options, List<Problem> problems)
    {
        try
        {
            using var switches = new OvsSwitches(OvsdbConnection.Open(options.SocketPath));
            if (options.Network is not { OwnsDevice: true } && !switches.Names().Contains(options.Switch))
            {
                throw switches.NoSwitch(options.Switch);
            }
        }
        catch (Exception e) when (e is EngineException or IOException)
        {
            problems.Add(new($"network {NameProblems.Shown(request.Attachment.ToString())}: {e.Message}", (e as EngineException)?.Hint));
        }
    }
}
