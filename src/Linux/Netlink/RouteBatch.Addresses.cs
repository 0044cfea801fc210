using System.Net;
using System.Net.Sockets;
using MiniDock.Linux.Native;

namespace MiniDock.Linux.Netlink;

public sealed partial class RouteBatch
{
    /// <summary>Gives a link an address. IPv6 addresses skip duplicate detection: the engine hands each out once, and waiting costs a second.</summary>
    /// <param name="linkIndex">The link; the loopback is 1 in every namespace.</param>
    /// <param name="address">The address.</param>
    /// <param name="prefixLength">Bits of the network.</param>
    /// <param name="toleratesExisting">The address being there already is no error.</param>
    /// <param name="hasBroadcast">Whether an IPv4 address gets its network's broadcast address.</param>
    public void AddAddress(int linkIndex, IPAddress address, int prefixLength, bool toleratesExisting = false, bool hasBroadcast = true)
    {
        BeginAddress(Constants.RtmNewAddress, CreateFlags, "add address", linkIndex, address, prefixLength, toleratesExisting ? Errno.EEXIST : Errno.Success);
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            PutUInt32(Constants.IfaFlags, Constants.IfaFNoDad);
        }
        else if (hasBroadcast && prefixLength < 31)
        {
            PutBytes(Constants.IfaBroadcast, Broadcast(address, prefixLength));
        }
    }

    /// <summary>Takes an address off a link.</summary>
    public void DeleteAddress(int linkIndex, IPAddress address, int prefixLength, bool toleratesMissing = false) =>
        BeginAddress(
            Constants.RtmDelAddress, 0, "delete address", linkIndex, address, prefixLength, toleratesMissing ? Errno.EADDRNOTAVAIL : Errno.Success);

    /// <summary>Adds a route to the main table.</summary>
    /// <param name="destination">The network, or null for the default route.</param>
    /// <param name="prefixLength">Bits of the network; 0 for the default route.</param>
    /// <param name="gateway">The next hop, or null where the network is on the link itself.</param>
    /// <param name="linkIndex">The link, or null where the gateway tells.</param>
    /// <param name="source">The preferred source address.</param>
    /// <param name="metric">The priority; lower is preferred.</param>
    /// <param name="toleratesExisting">The route being there already is no error.</param>
    public void AddRoute(
        IPAddress? destination, int prefixLength, IPAddress? gateway, int? linkIndex, IPAddress? source = null, uint? metric = null,
        bool toleratesExisting = false)
    {
        BeginRoute(
            Constants.RtmNewRoute, CreateFlags, "add route", destination, prefixLength, gateway, linkIndex, toleratesExisting ? Errno.EEXIST : Errno.Success);
        if (source is not null)
        {
            PutAddress(Constants.RtaPreferredSource, source);
        }

        PutMetric(metric);
    }

    /// <summary>Deletes a route of the main table, whoever has made it.</summary>
    public void DeleteRoute(IPAddress? destination, int prefixLength, IPAddress? gateway, int? linkIndex, uint? metric = null, bool toleratesMissing = false)
    {
        BeginRoute(
            Constants.RtmDelRoute, 0, "delete route", destination, prefixLength, gateway, linkIndex, toleratesMissing ? Errno.ESRCH : Errno.Success);
        PutMetric(metric);
    }

    /// <summary>Binds an address to an Ethernet address for ever, so that nobody has to ask for it.</summary>
    public void AddNeighbour(int linkIndex, IPAddress address, MacAddress linkAddress)
    {
        Begin(Constants.RtmNewNeighbour, Constants.NlmFCreate | Constants.NlmFReplace, "add neighbour", address.ToString());
        Put(new NdMsg { Family = Family(address), Index = linkIndex, State = Constants.NudPermanent });
        PutAddress(Constants.NdaDestination, address);
        Span<byte> bytes = stackalloc byte[MacAddress.Size];
        linkAddress.CopyTo(bytes);
        PutBytes(Constants.NdaLinkAddress, bytes);
    }

    private void BeginAddress(
        ushort type, ushort flags, string operation, int linkIndex, IPAddress address, int prefixLength, Errno tolerated)
    {
        Begin(type, flags, operation, $"{address}/{prefixLength}", tolerated);
        Put(new IfAddrMsg { Family = Family(address), PrefixLength = (byte)prefixLength, Index = (uint)linkIndex });
        PutAddress(Constants.IfaLocal, address);
        PutAddress(Constants.IfaAddress, address);
    }

    private void BeginRoute(
        ushort type,
        ushort flags,
        string operation,
        IPAddress? destination,
        int prefixLength,
        IPAddress? gateway,
        int? linkIndex,
        Errno tolerated)
    {
        IPAddress any = destination ?? gateway ?? throw new ArgumentException("a route needs a destination or a gateway", nameof(destination));
        string subject = (destination is null ? "default" : $"{destination}/{prefixLength}") + (gateway is null ? "" : $" via {gateway}");
        Begin(type, flags, operation, subject, tolerated);
        bool isNew = type == Constants.RtmNewRoute;
        Put(new RtMsg
        {
            Family = Family(any),
            DestinationLength = (byte)(destination is null ? 0 : prefixLength),
            Table = Constants.RtTableMain,
            Protocol = isNew ? Constants.RtProtoBoot : Constants.RtProtoUnspecified,
            Scope = !isNew ? Constants.RtScopeNowhere : gateway is null ? Constants.RtScopeLink : Constants.RtScopeUniverse,
            Type = Constants.RtnUnicast,
        });
        if (destination is not null)
        {
            PutAddress(Constants.RtaDestination, destination);
        }

        if (gateway is not null)
        {
            PutAddress(Constants.RtaGateway, gateway);
        }

        if (linkIndex is { } index)
        {
            PutUInt32(Constants.RtaOutInterface, (uint)index);
        }
    }

    private void PutMetric(uint? metric)
    {
        if (metric is { } priority)
        {
            PutUInt32(Constants.RtaPriority, priority);
        }
    }

    private void PutAddress(ushort type, IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = address.TryWriteBytes(bytes, out int length);
        PutBytes(type, bytes[..length]);
    }

    private static byte Family(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? (byte)Constants.AfInet6 : (byte)Constants.AfInet;

    private static byte[] Broadcast(IPAddress address, int prefixLength)
    {
        byte[] bytes = address.GetAddressBytes();
        for (int bit = prefixLength; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        return bytes;
    }
}
