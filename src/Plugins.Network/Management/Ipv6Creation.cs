using System.Net;
using System.Net.Sockets;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Addresses;
using MiniDock.Plugins.Network.Bridge;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Plugins.Network.Names;

namespace MiniDock.Plugins.Network.Management;

/// <summary>Reads what a new network is to have of IPv6.</summary>
internal sealed class Ipv6Creation(DefinitionStore store, NewNetwork wanted, Action<string, string?> refuse)
{
    /// <summary>Reads it.</summary>
    /// <returns>Subnet and gateway; null where it is to have none, or something is wrong with them.</returns>
    public (Ipv6Subnet Subnet, IPAddress Gateway)? Read(NetlinkSocket socket)
    {
        if (!wanted.HasVersion6)
        {
            if ((wanted.Subnet6 ?? wanted.Gateway6) is { } given)
            {
                refuse($"{NameProblems.Shown(given)}: EINVAL (the network has no IPv6 addresses)", "say --ipv6 too");
            }

            return null;
        }

        if (wanted.Driver != BridgeNetworkProvider.ProviderName || !Ipv6Interface.IsSupported)
        {
            refuse(
                Ipv6Interface.IsSupported ? $"ipv6: EINVAL (driver {wanted.Driver} hands out IPv4 addresses only)" : "ipv6: EAFNOSUPPORT (this kernel has no IPv6)",
                "leave --ipv6 out");
            return null;
        }

        if (ReadSubnet(socket) is not { } subnet)
        {
            return null;
        }

        if (wanted.Gateway6 is not { } text)
        {
            return (subnet, subnet.First);
        }

        if (Ipv6Subnet.TryParseAddress(text, out var gateway) && subnet.HoldsHost(gateway))
        {
            return (subnet, gateway);
        }

        refuse($"gateway {NameProblems.Shown(text)}: EINVAL (not a host's address of {subnet})", $"such as {subnet.First}");
        return null;
    }

    private Ipv6Subnet? ReadSubnet(NetlinkSocket socket)
    {
        if (wanted.Subnet6 is not { } text)
        {
            return Ipv6Subnet.Random();
        }

        if (!Ipv6Subnet.TryParse(text, out var subnet) || !subnet.IsUsable)
        {
            refuse($"subnet {NameProblems.Shown(text)}: EINVAL (not an IPv6 network)", "write it as ADDRESS/BITS, host bits zero, such as fd00:1:2:3::/64");
            return null;
        }

        if (store.List().FirstOrDefault(n => n.Subnet6?.Overlaps(subnet) == true) is { } other)
        {
            refuse($"subnet {subnet}: EADDRINUSE (overlaps {other.Subnet6} of network {other.Name})", "choose another, or none to be given a free one");
            return null;
        }

        var routes = socket.Routes().Where(r => r is { PrefixLength: > 0, Destination.AddressFamily: AddressFamily.InterNetworkV6 });
        if (routes.FirstOrDefault(r => Ipv6Subnet.TryParse($"{r.Destination}/{r.PrefixLength}", out var used) && used.Overlaps(subnet)) is { } route)
        {
            refuse($"subnet {subnet}: EADDRINUSE (this host has a route to {route.Destination}/{route.PrefixLength})", "choose another, or none to be given a free one");
            return null;
        }

        return subnet;
    }
}
