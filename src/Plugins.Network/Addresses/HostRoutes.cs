using System.Net.Sockets;
using MiniDock.Linux.Netlink;

namespace MiniDock.Plugins.Network.Addresses;

/// <summary>What a new network must go with: the host's main routing table.</summary>
/// <param name="Destinations">IPv4 destinations in use, without the default route.</param>
/// <param name="MtuBytes">MTU of the way out where it holds less than Ethernet's 1500, else 0.</param>
public sealed record HostRoutes(IReadOnlyList<Ipv4Subnet> Destinations, int MtuBytes)
{
    private const int EthernetMtuBytes = 1500;

    /// <summary>Reads the table.</summary>
    public static HostRoutes Read(NetlinkSocket socket)
    {
        var destinations = new List<Ipv4Subnet>();
        var wayOut = 0;
        foreach (var route in socket.Routes())
        {
            if (route.Destination is { AddressFamily: AddressFamily.InterNetwork } destination && route.PrefixLength > 0)
            {
                destinations.Add(new Ipv4Subnet(Ipv4Address.Parse(destination.ToString()), route.PrefixLength));
            }
            else if (route.Destination is null && route.Gateway?.AddressFamily == AddressFamily.InterNetwork)
            {
                wayOut = route.LinkIndex;
            }
        }

        return new HostRoutes(destinations, wayOut == 0 ? 0 : MtuOf(socket, wayOut));
    }

    // Containers whose packets are larger than the way out lose connections without an error: many clouds and tunnels hold less than 1500.
    private static int MtuOf(NetlinkSocket socket, int link) =>
        socket.FindLink(link) is { MtuBytes: < EthernetMtuBytes } found ? found.MtuBytes : 0;
}
