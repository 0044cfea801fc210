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

/// <summary>Makes what the host has of a network again, after somebody deleted bridge, ports or rules.</summary>
public sealed class NetworkReload(EnginePaths paths)
{
    /// <summary>Mends a network; containers that run on it are connected again, and their published ports work again.</summary>
    public void Reload(NetworkDefinition network)
    {
        if (network.Driver == OvsNetworkProvider.ProviderName)
        {
            OvsNetwork.Ensure(network);
            new EndpointNames(paths, network.Name).Refresh();
            return;
        }

        using var socket = NetlinkSocket.Open(NetlinkProtocol.Route);
        if (network.Driver != BridgeNetworkProvider.ProviderName)
        {
            StackedParent.Ensure(socket, network);
            return;
        }

        new BridgeDevice(socket, network).Ensure(new LeaseBook(paths), reconnects: true);
        Forwarding.Enable(version6: network.Subnet6 is not null);
        new PacketFilter(paths).Reload(network);
        new EndpointNames(paths, network.Name).Refresh();
    }
}
