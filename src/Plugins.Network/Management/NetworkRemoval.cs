using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Addresses;
using MiniDock.Plugins.Network.Bridge;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Plugins.Network.Filter;
using MiniDock.Plugins.Network.Names;
using MiniDock.Plugins.Network.Ovs;
using MiniDock.Plugins.Network.Stacked;

namespace MiniDock.Plugins.Network.Management;

/// <summary>Removes networks with all that the host has of them.</summary>
/// <param name="paths">The engine's directories.</param>
/// <param name="nameOf">Name of a container, for messages.</param>
public sealed class NetworkRemoval(EnginePaths paths, Func<ContainerId, string> nameOf)
{
    /// <summary>Removes a network.</summary>
    /// <exception cref="EngineException">Containers are attached to it, or it is the engine's own.</exception>
    public void Remove(NetworkDefinition network)
    {
        if (!network.IsMade)
        {
            throw new EngineException($"remove network {network.Name}: EPERM (a network of the engine itself)", "networks that were made can be removed", exitCode: 1);
        }

        if (TryRemove(network) is { Count: > 0 } held)
        {
            var users = held.Select(l => l.Owner).Distinct().Select(id => $"{nameOf(id)} ({id.Short})");
            throw new EngineException(
                $"remove network {network.Name}: EBUSY (in use by {string.Join(", ", users)})", "end these containers first, such as by minidock rm -f", exitCode: 1);
        }
    }

    /// <summary>Removes all networks that nothing is attached to.</summary>
    /// <returns>Their names.</returns>
    public IReadOnlyList<string> Prune(Predicate<NetworkDefinition> which)
    {
        var unused = new DefinitionStore(paths).List().Where(n => n.IsMade && which(n));
        return [.. unused.Where(n => TryRemove(n).Count == 0).Select(n => n.Name)];
    }

    private IReadOnlyList<Lease> TryRemove(NetworkDefinition network) => new LeaseBook(paths).End(network.Name, () =>
    {
        using var socket = NetlinkSocket.Open(NetlinkProtocol.Route);
        switch (network.Driver)
        {
            case BridgeNetworkProvider.ProviderName:
                RemoveBridge(socket, network);
                break;
            case OvsNetworkProvider.ProviderName:
                OvsNetwork.Remove(network);
                break;
            default:
                StackedParent.Remove(socket, network);
                break;
        }

        new EndpointNames(paths, network.Name).End();

        // Last: what was cut short before can be removed again.
        new DefinitionStore(paths).Remove(network.Name);
    });

    private void RemoveBridge(NetlinkSocket socket, NetworkDefinition network)
    {
        if (socket.FindLink(network.Device) is { Kind: "bridge" } bridge)
        {
            var batch = new RouteBatch();
            batch.DeleteLink(bridge.Index, toleratesMissing: true);
            socket.Execute(batch);
        }

        new PacketFilter(paths).Remove(network);
    }
}
