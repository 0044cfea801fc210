using System.Net;
using MiniDock.Linux.Nftables;

namespace MiniDock.Plugins.Network.Filter;

/// <summary>
/// The nftables table of a root. Its rules never change: what containers need is in sets and maps, so that a network or a published
/// port is an element and not a rule, whatever their number. Rules are recognised by their comments.
/// </summary>
internal static class FilterTable
{
    /// <summary>Bridges of our networks.</summary>
    public const string Bridges = "bridges";

    /// <summary>Each bridge paired with itself: traffic that stays in its network.</summary>
    public const string Same = "same";

    /// <summary>Bridges of networks that nothing leaves.</summary>
    public const string Internal = "internal";

    /// <summary>Subnets of our networks.</summary>
    public const string Networks = "networks";

    /// <summary>Ports published on every address of the host: protocol and port to container address and port.</summary>
    public const string Ports = "ports";

    /// <summary>Ports published on one address of the host.</summary>
    public const string AddressPorts = "address_ports";

    /// <summary>Subnets of our networks, of IPv6.</summary>
    public const string Networks6 = "networks6";

    /// <summary>The same as <see cref="Ports"/> for IPv6.</summary>
    public const string Ports6 = "ports6";

    /// <summary>The same as <see cref="AddressPorts"/> for IPv6.</summary>
    public const string AddressPorts6 = "address_ports6";

    private const int Raw = -300;
    private const uint DestinationNatStatus = 0x20;
    private const int SecondName = 4;

    private static readonly IPAddress Loopback = IPAddress.Parse("127.0.0.0");

    /// <summary>Chains with their comments in order.</summary>
    public static IEnumerable<(string Chain, string Comment)> Expected => Rules().Select(r => (r.Chain, r.Rule.Comment!));

    /// <summary>Replaces the table by an empty one with all chains, sets and rules.</summary>
    public static void Write(NftBatch batch, NftTable table)
    {
        // Deleting what may be missing fails, adding what is there does not.
        batch.AddTable(table);
        batch.DeleteTable(table);
        batch.AddTable(table);
        batch.AddSet(table, new NftSet(Bridges, NftType.InterfaceName));
        batch.AddSet(table, new NftSet(Same, NftType.InterfaceName, NftType.InterfaceName));
        batch.AddSet(table, new NftSet(Internal, NftType.InterfaceName));
        batch.AddSet(table, new NftSet(Networks, NftType.Ip4Address) { Interval = true });
        NftType[] target = [NftType.Ip4Address, NftType.InetService];
        batch.AddSet(table, new NftSet(Ports, NftType.InetProtocol, NftType.InetService) { Data = target });
        batch.AddSet(table, new NftSet(AddressPorts, NftType.Ip4Address, NftType.InetProtocol, NftType.InetService) { Data = target });
        batch.AddSet(table, new NftSet(Networks6, NftType.Ip6Address) { Interval = true });
        NftType[] target6 = [NftType.Ip6Address, NftType.InetService];
        batch.AddSet(table, new NftSet(Ports6, NftType.InetProtocol, NftType.InetService) { Data = target6 });
        batch.AddSet(table, new NftSet(AddressPorts6, NftType.Ip6Address, NftType.InetProtocol, NftType.InetService) { Data = target6 });
        batch.AddChain(table, "publish");
        batch.AddChain(table, "publish6");
        batch.AddChain(table, "guard", new NftBaseChain("filter", NftHook.PreRouting, Raw));
        batch.AddChain(table, "prerouting", new NftBaseChain("nat", NftHook.PreRouting, NftBaseChain.DestinationNat));
        batch.AddChain(table, "output", new NftBaseChain("nat", NftHook.Output, NftBaseChain.DestinationNat));
        batch.AddChain(table, "forward", new NftBaseChain("filter", NftHook.Forward, NftBaseChain.Filter));
        batch.AddChain(table, "postrouting", new NftBaseChain("nat", NftHook.PostRouting, NftBaseChain.SourceNat));
        foreach (var (chain, rule) in Rules())
        {
            batch.AddRule(table, chain, rule);
        }
    }

    private static IEnumerable<(string Chain, NftRule Rule)> Rules() =>
    [
        ("publish", Rule("published on one address")
            .Family(NftFamily.Ip).LoadDestination(ip6: false).Meta(NftMeta.TransportProtocol, 1).LoadDestinationPort(2)
            .Map(AddressPorts).Nat(NftNat.Destination, NftFamily.Ip, 0, 1)),
        ("publish", Rule("published on every address")
            .Meta(NftMeta.TransportProtocol).LoadDestinationPort(1)
            .Map(Ports).Nat(NftNat.Destination, NftFamily.Ip, 0, 1)),

        // An IPv6 address fills four registers.
        ("publish6", Rule("published on one address of IPv6")
            .Family(NftFamily.Ip6).LoadDestination(ip6: true).Meta(NftMeta.TransportProtocol, 4).LoadDestinationPort(5)
            .Map(AddressPorts6).Nat(NftNat.Destination, NftFamily.Ip6, 0, 4)),
        ("publish6", Rule("published on every address of IPv6")
            .Family(NftFamily.Ip6).Meta(NftMeta.TransportProtocol).LoadDestinationPort(1)
            .Map(Ports6).Nat(NftNat.Destination, NftFamily.Ip6, 0, 4)),

        // Our bridges route loopback addresses for the host's own use of published ports; a container must not use that.
        ("guard", Rule("no way to the host's loopback")
            .Family(NftFamily.Ip).Meta(NftMeta.InputName).Lookup(Bridges).Destination(Loopback, 8).Verdict(NftVerdict.Drop)),
        ("prerouting", Rule("from other hosts and containers").Family(NftFamily.Ip).DestinationIsLocal().Verdict(NftVerdict.Jump, "publish")),
        ("output", Rule("from this host").Family(NftFamily.Ip).DestinationIsLocal().Verdict(NftVerdict.Jump, "publish")),

        ("prerouting", Rule("from other hosts and containers by IPv6").Family(NftFamily.Ip6).DestinationIsLocal().Verdict(NftVerdict.Jump, "publish6")),

        // Whatever is sent from ::1 could not be answered: it must not be sent elsewhere.
        ("output", Rule("from this host by IPv6")
            .Family(NftFamily.Ip6).Destination(IPAddress.IPv6Loopback, 128, inverted: true).DestinationIsLocal().Verdict(NftVerdict.Jump, "publish6")),

        ("forward", Rule("out of an internal network").Meta(NftMeta.InputName).Lookup(Internal).SameBridge(inverted: true).Verdict(NftVerdict.Drop)),
        ("forward", Rule("not to a container").Meta(NftMeta.OutputName).Lookup(Bridges, inverted: true).Verdict(NftVerdict.Accept)),
        ("forward", Rule("answers").EstablishedOrRelated().Verdict(NftVerdict.Accept)),
        ("forward", Rule("to published ports").TranslatedDestination().Verdict(NftVerdict.Accept)),
        ("forward", Rule("within a network").SameBridge().Verdict(NftVerdict.Accept)),
        ("forward", Rule("from other networks and hosts").Verdict(NftVerdict.Drop)),

        // By address, not by interface: where bridged packets pass the filter (bridge-nf-call-iptables) they come without one here.
        ("postrouting", Rule("out of a network").FromNetwork().Meta(NftMeta.OutputName).Lookup(Bridges, inverted: true).Masquerade()),
        ("postrouting", Rule("between containers by a published port").FromNetwork().TranslatedDestination().Masquerade()),
        ("postrouting", Rule("out of a network by IPv6").FromNetwork6().Meta(NftMeta.OutputName).Lookup(Bridges, inverted: true).Masquerade()),
        ("postrouting", Rule("between containers by a published port of IPv6").FromNetwork6().TranslatedDestination().Masquerade()),
        ("postrouting", Rule("from the host's loopback")
            .Family(NftFamily.Ip).Source(Loopback, 8).Meta(NftMeta.OutputName).Lookup(Bridges).Masquerade()),
    ];

    private static NftRule Rule(string comment) => new() { Comment = comment };

    private static NftRule TranslatedDestination(this NftRule rule) =>
        rule.Conntrack(NftConntrack.Status)
            .Mask(new NftValue().Number(DestinationNatStatus).Bytes)
            .Compare(NftCompare.NotEqual, new NftValue().Number(0).Bytes);

    private static NftRule FromNetwork(this NftRule rule) => rule.Family(NftFamily.Ip).LoadSource(ip6: false).Lookup(Networks);

    private static NftRule FromNetwork6(this NftRule rule) => rule.Family(NftFamily.Ip6).LoadSource(ip6: true).Lookup(Networks6);

    private static NftRule SameBridge(this NftRule rule, bool inverted = false) =>
        rule.Meta(NftMeta.InputName).Meta(NftMeta.OutputName, SecondName).Lookup(Same, inverted: inverted);
}
