using System.Net;
using MiniDock.Linux;
using MiniDock.Linux.Netlink;
using MiniDock.Linux.Nftables;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Linux;

public sealed class NftBatchTests : IDisposable
{
    private const byte Tcp = 6;

    private static readonly NftTable Table = new(NftFamily.Inet, "nfttest");
    private static readonly NftSet Published =
        new("published", NftType.InetProtocol, NftType.InetService) { Data = [NftType.Ip4Address, NftType.InetService] };

    private readonly NetlinkSocket _socket = NetlinkSocket.Open(NetlinkProtocol.Netfilter);

    public NftBatchTests() => Requires.Program("nft");

    [Fact]
    public void Nft_prints_the_rules_that_a_network_needs()
    {
        var batch = new NftBatch();
        batch.AddTable(Table);
        batch.AddSet(Table, Published);
        batch.AddChain(Table, "prerouting", new NftBaseChain("nat", NftHook.PreRouting, NftBaseChain.DestinationNat));
        batch.AddChain(Table, "postrouting", new NftBaseChain("nat", NftHook.PostRouting, NftBaseChain.SourceNat));
        batch.AddChain(Table, "forward", new NftBaseChain("filter", NftHook.Forward, NftBaseChain.Filter, NftVerdict.Drop));
        batch.AddRule(Table, "prerouting", new NftRule()
            .DestinationIsLocal().Family(NftFamily.Ip).Meta(NftMeta.TransportProtocol, 0).LoadDestinationPort(1)
            .Map("published", 0, 0).Nat(NftNat.Destination, NftFamily.Ip, 0, 1));
        batch.AddRule(Table, "postrouting", new NftRule { Comment = "net0" }
            .Family(NftFamily.Ip).Source(IPAddress.Parse("10.88.0.0"), 16).OutputInterface("md0", inverted: true).Counter().Masquerade());
        batch.AddRule(Table, "forward", new NftRule().EstablishedOrRelated().Verdict(NftVerdict.Accept));
        batch.AddRule(Table, "forward", new NftRule().InputInterface("md0").OutputInterface("md0").Verdict(NftVerdict.Accept));
        batch.AddRule(Table, "forward", new NftRule().Family(NftFamily.Ip6).Destination(IPAddress.Parse("fd00::1"), 128).Verdict(NftVerdict.Return));
        batch.AddRule(Table, "forward", new NftRule().Protocol(Tcp).DestinationPort(443).Verdict(NftVerdict.Accept), first: true);
        batch.AddElements(Table, "published", [Publication(8080, "10.88.0.2", 80)]);
        _socket.Execute(batch);

        Assert.Equal(
            """
            table inet nfttest {
              map published {
                type inet_proto . inet_service : ipv4_addr . inet_service
                elements = { tcp . 8080 : 10.88.0.2 . 80 }
              }

              chain prerouting {
                type nat hook prerouting priority dstnat; policy accept;
                fib daddr type local meta nfproto ipv4 dnat ip to meta l4proto . th dport map @published
              }

              chain postrouting {
                type nat hook postrouting priority srcnat; policy accept;
                ip saddr 10.88.0.0/16 oifname != "md0" counter packets 0 bytes 0 masquerade comment "net0"
              }

              chain forward {
                type filter hook forward priority filter; policy drop;
                tcp dport 443 accept
                ct state established,related accept
                iifname "md0" oifname "md0" accept
                ip6 daddr fd00::1 return
              }
            }
            """,
            Listing());
    }

    [Fact]
    public void Elements_come_and_go_and_are_listed()
    {
        Prepare(Published);
        var batch = new NftBatch();
        batch.AddElements(Table, "published", [Publication(8080, "10.0.0.2", 80), Publication(8081, "10.0.0.3", 81)]);
        batch.DeleteElements(Table, "published", [new NftElement(Port(8080))]);
        _socket.Execute(batch);

        NftElementInfo left = Assert.Single(_socket.Elements(Table, "published"));
        Assert.Equal(Port(8081).Bytes.ToArray(), left.Key);
        Assert.Equal(new NftValue().Address(IPAddress.Parse("10.0.0.3")).Port(81).Bytes.ToArray(), left.Data);
    }

    [Fact]
    public void A_failed_batch_changes_nothing_and_names_the_request()
    {
        Prepare(Published);
        var batch = new NftBatch();
        batch.AddElements(Table, "published", [Publication(1, "10.0.0.2", 1)]);
        batch.AddRule(Table, "missing", new NftRule().Verdict(NftVerdict.Accept));
        batch.AddElements(Table, "published", [Publication(2, "10.0.0.2", 2)]);
        var e = Assert.Throws<LinuxException>(() => _socket.Execute(batch));
        Assert.Equal("nft add rule inet nfttest missing: ENOENT (no such file or directory)", e.Message);
        Assert.Empty(_socket.Elements(Table, "published"));
    }

    [Fact]
    public void An_exclusive_element_fails_where_the_key_is_taken()
    {
        Prepare(Published);
        AddExclusively(8080);
        var e = Assert.Throws<LinuxException>(() => AddExclusively(8080));
        Assert.Equal(Errno.EEXIST, e.Errno);
    }

    [Fact]
    public void Making_it_again_changes_nothing()
    {
        for (int i = 0; i < 2; i++)
        {
            Prepare(Published);
            var batch = new NftBatch();
            batch.FlushChain(Table, "chain");
            batch.AddRule(Table, "chain", new NftRule { Comment = "only" }.Counter());
            _socket.Execute(batch);
        }

        Assert.Equal("only", Assert.Single(_socket.Rules(Table, "chain")).Comment);
        Assert.Equal(["chain"], _socket.Chains(Table));
        Assert.Equal(["published"], _socket.Sets(Table));
        Assert.Contains(Table, _socket.Tables());
    }

    [Fact]
    public void A_rule_is_deleted_by_the_handle_that_its_comment_leads_to()
    {
        Prepare(Published);
        var batch = new NftBatch();
        batch.AddRule(Table, "chain", new NftRule { Comment = "a" }.Counter());
        batch.AddRule(Table, "chain", new NftRule { Comment = "b" }.Counter());
        _socket.Execute(batch);
        var delete = new NftBatch();
        delete.DeleteRule(Table, "chain", _socket.Rules(Table).Single(rule => rule.Comment == "a").Handle);
        _socket.Execute(delete);
        Assert.Equal(["b"], _socket.Rules(Table).Select(rule => rule.Comment));
    }

    [Fact]
    public void Sets_of_ranges_and_names_and_maps_of_verdicts_print_as_they_are_meant()
    {
        Prepare(Published);
        var ranges = new NftSet("ranges", NftType.Ip4Address) { Interval = true };
        var pairs = new NftSet("pairs", NftType.Ip4Address, NftType.InetService) { Interval = true };
        var verdicts = new NftSet("verdicts", NftType.InterfaceName) { Data = [NftType.Verdict] };
        var batch = new NftBatch();
        batch.AddSet(Table, ranges);
        batch.AddSet(Table, pairs);
        batch.AddSet(Table, verdicts);
        batch.AddElements(Table, "ranges", [new NftElement(Ip("10.1.0.0")) { End = Ip("10.2.0.0") }]);
        batch.AddElements(Table, "pairs", [new NftElement(Ip("10.1.0.0").Port(80)) { Last = Ip("10.1.0.255").Port(90) }]);
        batch.AddElements(Table, "verdicts", [new NftElement(new NftValue().InterfaceName("md0")) { Verdict = NftVerdict.Jump, Chain = "chain" }]);
        batch.AddChain(Table, "user");
        batch.AddRule(Table, "user", new NftRule().Meta(NftMeta.InputName).VerdictMap("verdicts"));
        batch.AddRule(Table, "user", new NftRule().Family(NftFamily.Ip).LoadSource(ip6: false).Lookup("ranges", inverted: true).Verdict(NftVerdict.Drop));
        _socket.Execute(batch);

        string listing = Listing();
        Assert.Contains("elements = { 10.1.0.0/16 }", listing);
        Assert.Contains("elements = { 10.1.0.0/24 . 80-90 }", listing);
        Assert.Contains("type ifname : verdict", listing);
        Assert.Contains("elements = { \"md0\" : jump chain }", listing);
        Assert.Contains("iifname vmap @verdicts", listing);
        Assert.Contains("ip saddr != @ranges drop", listing);
        Assert.Contains(_socket.Elements(Table, "ranges"), element => element.IsIntervalEnd);
    }

    [Fact]
    public void Ten_thousand_elements_go_in_one_batch()
    {
        Prepare(Published);
        var batch = new NftBatch();
        batch.AddElements(Table, "published", [.. Enumerable.Range(1, 10_000).Select(port => Publication((ushort)port, "10.0.0.2", 80))]);
        _socket.Execute(batch);
        Assert.Equal(10_000, _socket.Elements(Table, "published").Count);
    }

    [Fact]
    public void A_missing_table_lists_as_empty()
    {
        Assert.False(_socket.HasTable(Table));
        Assert.Empty(_socket.Chains(Table));
        Assert.Empty(_socket.Rules(Table));
        Assert.Empty(_socket.Elements(Table, "published"));
        Prepare(Published);
        Assert.True(_socket.HasTable(Table));
    }

    public void Dispose()
    {
        if (_socket.HasTable(Table))
        {
            var batch = new NftBatch();
            batch.DeleteTable(Table);
            _socket.Execute(batch);
        }

        _socket.Dispose();
    }

    private static NftValue Ip(string address) => new NftValue().Address(IPAddress.Parse(address));

    private static NftValue Port(ushort port) => new NftValue().Protocol(Tcp).Port(port);

    private static NftElement Publication(ushort port, string address, ushort target) => new(Port(port), Ip(address).Port(target));

    private static string Listing() =>
        HostCommand.Run("nft", "list", "table", "inet", Table.Name).ShouldSucceed().Stdout.TrimEnd().Replace("\t", "  ", StringComparison.Ordinal);

    private void AddExclusively(ushort port)
    {
        var batch = new NftBatch();
        batch.AddElements(Table, "published", [Publication(port, "10.0.0.2", 80)], exclusive: true);
        _socket.Execute(batch);
    }

    private void Prepare(NftSet set)
    {
        var batch = new NftBatch();
        batch.AddTable(Table);
        batch.AddChain(Table, "chain");
        batch.AddSet(Table, set);
        _socket.Execute(batch);
    }
}
