using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Plugins.Network.Names;

namespace MiniDock.Plugins.Network.Bridge;

/// <summary><c>--net bridge[:NAME]</c>: a veth pair to a Linux bridge, an address of the network's pool, a default route, NAT.</summary>
public sealed class BridgeNetworkProvider : INetworkProvider
{
    /// <summary>Its name, and that of the driver in definitions.</summary>
    public const string ProviderName = "bridge";

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public IEnumerable<IStepHandler> Handlers =>
        [new BridgeNetworkHandler(), new BridgeLeaseHandler(), new BridgePortHandler(), new BridgeAddressHandler(), new BridgePublishHandler(), new BridgeNamesHandler()];

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(NetworkRequest request)
    {
        var problems = new List<Problem>();
        if (request.Spec.NamespaceOf(NamespaceType.Network).Mode != NamespaceMode.Private)
        {
            problems.Add(new(
                $"network {request.Attachment}: the container has no network namespace of its own", "leave out --ns net=…, or the attachment"));
        }

        var store = new DefinitionStore(request.Paths);
        var name = NetworkOf(request);
        var network = store.Find(name) ?? (name == NetworkNames.Default ? store.Propose(name) : null);
        if (network is null)
        {
            problems.Add(new($"network {request.Attachment}: ENOENT (no such network)", $"networks are defined in {request.Paths.Networks}"));
        }
        else if (network.Driver != ProviderName)
        {
            problems.Add(new($"network {request.Attachment}: EINVAL (its driver is {network.Driver})", $"write --net {network.Name}"));
        }
        else
        {
            BridgeOptions.Read(request, network, problems);
        }

        return problems;
    }

    /// <inheritdoc/>
    public NamespaceSpec? Namespace(NetworkRequest request) => null;

    /// <inheritdoc/>
    public IEnumerable<PlanStep> Plan(NetworkRequest request)
    {
        var store = new DefinitionStore(request.Paths);
        var known = store.Find(NetworkOf(request));
        var network = known ?? store.Propose(NetworkOf(request));
        return new BridgePlan(request, network, isNew: known is null, BridgeOptions.Read(request, network, [])).Steps();
    }

    private static string NetworkOf(NetworkRequest request) => request.Attachment.Instance ?? NetworkNames.Default;
}
