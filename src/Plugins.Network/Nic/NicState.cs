using System.Globalization;
using System.Net;
using MiniDock.Abstractions.Plan;
using MiniDock.Linux.Netlink;

namespace MiniDock.Plugins.Network.Nic;

/// <summary>What a device was on the host before a container got it: all that the kernel forgets when it changes its namespace.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Mac">Its hardware address, or null where it has none.</param>
/// <param name="MtuBytes">Its MTU.</param>
/// <param name="IsUp">Whether it was up.</param>
/// <param name="Master">Index of the bridge that it was a port of, or 0.</param>
/// <param name="Addresses">Its addresses but those that the kernel makes itself.</param>
/// <param name="Routes">Routes of the main table through it but those that come with its addresses.</param>
internal sealed record NicState(
    string Name, MacAddress? Mac, int MtuBytes, bool IsUp, int Master, IReadOnlyList<AddressInfo> Addresses, IReadOnlyList<RouteInfo> Routes)
{
    private const char Separator = ' ';

    /// <summary>Reads it from the kernel.</summary>
    public static NicState Of(NetlinkSocket socket, LinkInfo link) => new(
        link.Name,
        link.Address,
        link.MtuBytes,
        link.IsUp,
        link.Master,
        [.. socket.Addresses(link.Index).Where(a => a.LinkIndex == link.Index && !a.Address.IsIPv6LinkLocal)],
        [.. socket.Routes().Where(r => r.LinkIndex == link.Index && !r.IsOfKernel)]);

    /// <summary>Reads what <see cref="ToValues"/> wrote.</summary>
    public static NicState From(StepValues values) => new(
        values["device"],
        values.Find("mac") is { } mac && MacAddress.TryParse(mac, out var parsed) ? parsed : null,
        int.Parse(values["mtu"], CultureInfo.InvariantCulture),
        values["up"] == "true",
        int.Parse(values["master"], CultureInfo.InvariantCulture),
        [.. Split(values.Find("addresses")).Select(ParseAddress)],
        [.. Split(values.Find("routes")).Select(Route)]);

    /// <summary>Writes it into a receipt.</summary>
    public StepValues ToValues() => StepValues.Of(
        ("device", Name),
        ("mac", Mac?.ToString()),
        ("mtu", MtuBytes.ToString(CultureInfo.InvariantCulture)),
        ("up", IsUp ? "true" : "false"),
        ("master", Master.ToString(CultureInfo.InvariantCulture)),
        ("addresses", Addresses.Count > 0 ? string.Join(Separator, Addresses.Select(Text)) : null),
        ("routes", Routes.Count > 0 ? string.Join(Separator, Routes.Select(Text)) : null));

    /// <summary>Makes a device of the socket's namespace what it was. May be done again.</summary>
    public void Restore(NetlinkSocket socket, int index)
    {
        var batch = new RouteBatch();
        batch.SetLink(index, new LinkSettings { Up = false });
        batch.SetLink(index, new LinkSettings { Address = Mac, MtuBytes = MtuBytes });
        socket.Execute(batch);

        batch = new RouteBatch();
        AddAddresses(batch, index);
        if (Master != 0 && socket.FindLink(Master) is not null)
        {
            batch.SetLink(index, new LinkSettings { Master = Master });
        }

        if (IsUp)
        {
            batch.SetLink(index, new LinkSettings { Up = true });
            AddRoutes(batch, index);
        }

        socket.Execute(batch);
    }

    /// <summary>Gives an interface the addresses.</summary>
    public void AddAddresses(RouteBatch batch, int index)
    {
        foreach (var address in Addresses)
        {
            batch.AddAddress(index, address.Address, address.PrefixLength, toleratesExisting: true, address.HasBroadcast);
        }
    }

    /// <summary>Gives an interface the routes.</summary>
    public void AddRoutes(RouteBatch batch, int index)
    {
        // Those without a gateway first: they lead to the gateways of the others.
        foreach (var route in Routes.OrderBy(r => r.Gateway is not null))
        {
            batch.AddRoute(
                route.Destination, route.PrefixLength, route.Gateway, index, route.Source, route.Metric == 0 ? null : route.Metric, toleratesExisting: true);
        }
    }

    private static string[] Split(string? joined) => joined?.Split(Separator) ?? [];

    private static string Text(RouteInfo route) =>
        string.Create(CultureInfo.InvariantCulture, $"{route.Destination},{route.PrefixLength},{route.Gateway},{route.Metric},{route.Source}");

    private static string Text(AddressInfo address) =>
        string.Create(CultureInfo.InvariantCulture, $"{address.Address},{address.PrefixLength},{(address.HasBroadcast ? "broadcast" : "")}");

    private static AddressInfo ParseAddress(string text)
    {
        var parts = text.Split(',');
        return new AddressInfo(0, IPAddress.Parse(parts[0]), int.Parse(parts[1], CultureInfo.InvariantCulture)) { HasBroadcast = parts[2].Length > 0 };
    }

    private static RouteInfo Route(string text)
    {
        var parts = text.Split(',');
        return new RouteInfo(
            Address(parts[0]),
            int.Parse(parts[1], CultureInfo.InvariantCulture),
            Address(parts[2]),
            0,
            uint.Parse(parts[3], CultureInfo.InvariantCulture))
        {
            Source = Address(parts[4]),
        };
    }

    private static IPAddress? Address(string text) => text.Length == 0 ? null : IPAddress.Parse(text);
}
