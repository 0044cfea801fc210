using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MiniDock.Linux.Native;

namespace MiniDock.Linux.Netlink;

/// <summary>What the kernel knows about links, addresses and routes of the socket's namespace.</summary>
public static class RouteQueries
{
    /// <summary>All links.</summary>
    public static List<LinkInfo> Links(this NetlinkSocket socket)
    {
        var request = new NetlinkBatch();
        request.Begin(Constants.RtmGetLink, Constants.NlmFDump, "list links", "");
        request.Put(default(IfInfoMsg));
        var links = new List<LinkInfo>();
        socket.Dump(request, (_, body) => links.Add(ParseLink(body)));
        return links;
    }

    /// <summary>One link, or null where there is none.</summary>
    public static LinkInfo? FindLink(this NetlinkSocket socket, LinkReference link)
    {
        var request = new NetlinkBatch();
        request.Begin(Constants.RtmGetLink, 0, "get link", link.ToString(), Errno.ENODEV);
        request.Put(new IfInfoMsg { Index = link.Index });
        if (link.Name is { } name)
        {
            request.PutText(Constants.IflaIfName, name);
        }

        // The answer is followed by the acknowledgement that ends the dump; a missing link has only that.
        LinkInfo? found = null;
        socket.Dump(request, (_, body) => found = ParseLink(body));
        return found;
    }

    /// <summary>All addresses of both families, of one link or, by default, of all.</summary>
    public static List<AddressInfo> Addresses(this NetlinkSocket socket, int linkIndex = 0)
    {
        var request = new NetlinkBatch();
        request.Begin(Constants.RtmGetAddress, Constants.NlmFDump, "list addresses", "");
        request.Put(new IfAddrMsg { Index = (uint)linkIndex });
        var addresses = new List<AddressInfo>();
        socket.Dump(request, (_, body) =>
        {
            if (ParseAddress(body) is { } address)
            {
                addresses.Add(address);
            }
        });
        return addresses;
    }

    /// <summary>All unicast routes of the main table, of both families.</summary>
    public static List<RouteInfo> Routes(this NetlinkSocket socket)
    {
        var request = new NetlinkBatch();
        request.Begin(Constants.RtmGetRoute, Constants.NlmFDump, "list routes", "");
        request.Put(default(RtMsg));
        var routes = new List<RouteInfo>();
        socket.Dump(request, (_, body) =>
        {
            if (ParseRoute(body) is { } route)
            {
                routes.Add(route);
            }
        });
        return routes;
    }

    internal static LinkInfo ParseLink(ReadOnlySpan<byte> body)
    {
        var header = MemoryMarshal.Read<IfInfoMsg>(body);
        var link = new LinkInfo { Index = header.Index, Name = "", Flags = header.Flags };
        var attributes = new NetlinkAttributes(body[Unsafe.SizeOf<IfInfoMsg>()..]);
        while (attributes.Next())
        {
            link = attributes.Type switch
            {
                Constants.IflaIfName => link with { Name = attributes.Text },
                Constants.IflaMtu => link with { MtuBytes = (int)attributes.UInt32 },
                Constants.IflaMaster => link with { Master = (int)attributes.UInt32 },
                Constants.IflaLink => link with { LinkIndex = (int)attributes.UInt32 },
                Constants.IflaAddress when attributes.Data.Length == MacAddress.Size => link with { Address = new MacAddress(attributes.Data) },
                Constants.IflaLinkInfo => link with { Kind = ParseKind(attributes.Nested) },
                Constants.IflaStats64 => link with { Statistics = ParseStatistics(attributes.Data) },
                _ => link,
            };
        }

        return link;
    }

    private static string ParseKind(NetlinkAttributes attributes)
    {
        while (attributes.Next())
        {
            if (attributes.Type == Constants.IflaInfoKind)
            {
                return attributes.Text;
            }
        }

        return "";
    }

    private static LinkStatistics ParseStatistics(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<ulong> v = MemoryMarshal.Cast<byte, ulong>(data);
        return v.Length < 8 ? default : new LinkStatistics(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]);
    }

    private static AddressInfo? ParseAddress(ReadOnlySpan<byte> body)
    {
        var header = MemoryMarshal.Read<IfAddrMsg>(body);
        IPAddress? local = null;
        IPAddress? address = null;
        var hasBroadcast = false;
        var attributes = new NetlinkAttributes(body[Unsafe.SizeOf<IfAddrMsg>()..]);
        while (attributes.Next())
        {
            if (attributes.Type == Constants.IfaLocal)
            {
                local = new IPAddress(attributes.Data);
            }
            else if (attributes.Type == Constants.IfaAddress)
            {
                address = new IPAddress(attributes.Data);
            }
            else if (attributes.Type == Constants.IfaBroadcast)
            {
                hasBroadcast = true;
            }
        }

        return (local ?? address) is { } found ? new AddressInfo((int)header.Index, found, header.PrefixLength) { HasBroadcast = hasBroadcast } : null;
    }

    private static RouteInfo? ParseRoute(ReadOnlySpan<byte> body)
    {
        var header = MemoryMarshal.Read<RtMsg>(body);
        if (header.Type != Constants.RtnUnicast || header.Table != Constants.RtTableMain)
        {
            return null;
        }

        var route = new RouteInfo(null, header.DestinationLength, null, 0, 0) { IsOfKernel = header.Protocol == Constants.RtProtoKernel };
        var attributes = new NetlinkAttributes(body[Unsafe.SizeOf<RtMsg>()..]);
        while (attributes.Next())
        {
            route = attributes.Type switch
            {
                Constants.RtaDestination => route with { Destination = new IPAddress(attributes.Data) },
                Constants.RtaGateway => route with { Gateway = new IPAddress(attributes.Data) },
                Constants.RtaOutInterface => route with { LinkIndex = (int)attributes.UInt32 },
                Constants.RtaPreferredSource => route with { Source = new IPAddress(attributes.Data) },
                Constants.RtaPriority => route with { Metric = attributes.UInt32 },
                _ => route,
            };
        }

        return route;
    }
}
