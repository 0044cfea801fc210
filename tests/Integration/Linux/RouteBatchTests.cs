using System.Net;
using MiniDock.Linux;
using MiniDock.Linux.Netlink;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Linux;

public sealed class RouteBatchTests : IDisposable
{
    private static readonly MacAddress Mac = new([0x02, 0x42, 0, 0, 0, 7]);

    private readonly NetlinkSocket _host = NetlinkSocket.Open(NetlinkProtocol.Route);
    private readonly Microsoft.Win32.SafeHandles.SafeFileHandle _namespace = NetworkNamespaces.Create();

    [Fact]
    public void One_request_makes_a_veth_pair_with_its_port_and_its_peer_in_the_namespace()
    {
        int bridge = AddBridge("nlbr0");
        var batch = new RouteBatch();
        batch.AddVeth(
            "nlveth0",
            new LinkSettings { Up = true, Master = bridge, MtuBytes = 1400 },
            "eth0",
            new LinkSettings { Namespace = NamespaceReference.Of(_namespace), Address = Mac, MtuBytes = 1400 });
        _host.Execute(batch);

        LinkInfo near = _host.FindLink("nlveth0")!;
        Assert.Equal(("veth", bridge, true, 1400), (near.Kind, near.Master, near.IsUp, near.MtuBytes));
        using NetlinkSocket inside = NetlinkSocket.OpenIn(_namespace, NetlinkProtocol.Route);
        LinkInfo far = inside.FindLink("eth0")!;
        Assert.Equal((Mac, near.Index, 1400), (far.Address, far.LinkIndex, far.MtuBytes));
        Assert.Null(_host.FindLink("eth0"));
        Assert.Contains("numtxqueues 1 numrxqueues 1", HostCommand.Run("ip", "-d", "link", "show", "nlveth0").Stdout);
    }

    [Fact]
    public void Loopback_address_route_and_neighbour_go_in_one_batch()
    {
        using NetlinkSocket inside = NetlinkSocket.OpenIn(_namespace, NetlinkProtocol.Route);
        var links = new RouteBatch();
        links.AddVeth("eth0", new LinkSettings { Up = true }, "peer0", LinkSettings.Default);
        links.SetLink("peer0", new LinkSettings { Up = true });
        links.SetLink("lo", new LinkSettings { Up = true });
        inside.Execute(links);
        int index = inside.FindLink("eth0")!.Index;

        var batch = new RouteBatch();
        batch.AddAddress(index, IPAddress.Parse("10.9.0.2"), 24);
        batch.AddAddress(index, IPAddress.Parse("fd00:9::2"), 64);
        batch.AddRoute(null, 0, IPAddress.Parse("10.9.0.1"), index);
        batch.AddRoute(IPAddress.Parse("10.99.0.0"), 16, null, index, metric: 5);
        batch.AddNeighbour(index, IPAddress.Parse("10.9.0.1"), Mac);
        inside.Execute(batch);

        Assert.True(inside.FindLink(1)!.IsUp);
        Assert.Contains(new AddressInfo(index, IPAddress.Parse("10.9.0.2"), 24) { HasBroadcast = true }, inside.Addresses());
        Assert.Contains(new AddressInfo(index, IPAddress.Parse("fd00:9::2"), 64), inside.Addresses());
        Assert.Contains(new RouteInfo(null, 0, IPAddress.Parse("10.9.0.1"), index, 0), inside.Routes());
        Assert.Contains(new RouteInfo(IPAddress.Parse("10.99.0.0"), 16, null, index, 5), inside.Routes());
    }

    [Fact]
    public void A_refusal_names_the_request_and_carries_the_kernels_words()
    {
        var batch = new RouteBatch();
        batch.SetLink("lo", new LinkSettings { Up = true });
        batch.AddRoute(null, 0, IPAddress.Parse("203.0.113.1"), null);
        var e = Assert.Throws<LinuxException>(() => _host.Execute(batch));
        Assert.Equal("add route default via 203.0.113.1: ENETUNREACH (network is unreachable) [Nexthop has invalid gateway]", e.Message);
    }

    [Fact]
    public void What_exists_or_is_missing_already_can_be_tolerated()
    {
        AddBridge("nlbr1");
        var again = new RouteBatch();
        again.AddBridge("nlbr1");
        Assert.Equal(Errno.EEXIST, Assert.Throws<LinuxException>(() => _host.Execute(again)).Errno);

        var tolerant = new RouteBatch();
        tolerant.AddBridge("nlbr1", toleratesExisting: true);
        tolerant.DeleteLink("nlbr1");
        tolerant.DeleteLink("nlbr1", toleratesMissing: true);
        _host.Execute(tolerant);
        Assert.Null(_host.FindLink("nlbr1"));
    }

    [Theory]
    [InlineData("macvlan")]
    [InlineData("ipvlan")]
    [InlineData("vlan")]
    public void A_link_on_top_of_another_is_created_in_the_namespace(string kind)
    {
        var below = new RouteBatch();
        below.AddVeth("nlbelow0", LinkSettings.Default, "nlpeer0", LinkSettings.Default);
        _host.Execute(below);
        int parent = _host.FindLink("nlbelow0")!.Index;
        var target = new LinkSettings { Namespace = NamespaceReference.Of(_namespace) };

        var batch = new RouteBatch();
        switch (kind)
        {
            case "macvlan":
                batch.AddMacvlan("stacked0", parent, MacvlanMode.Bridge, target);
                break;
            case "ipvlan":
                batch.AddIpvlan("stacked0", parent, IpvlanMode.L2, target);
                break;
            default:
                batch.AddVlan("stacked0", parent, 42, target);
                break;
        }

        LinuxException? refused = _host.TryExecute(batch);
        Assert.SkipWhen(refused?.Errno == Errno.EOPNOTSUPP, $"needs a kernel with {kind}");
        Assert.Null(refused);
        using NetlinkSocket inside = NetlinkSocket.OpenIn(_namespace, NetlinkProtocol.Route);
        Assert.Equal(kind, inside.FindLink("stacked0")!.Kind);
    }

    [Fact]
    public void Ports_can_be_isolated_and_links_moved_and_renamed()
    {
        int bridge = AddBridge("nlbr2");
        var batch = new RouteBatch();
        batch.AddVeth("nlport0", new LinkSettings { Master = bridge }, "nlpeer2", LinkSettings.Default);
        batch.SetLink("nlport0", new LinkSettings { Isolated = true, Hairpin = true });
        _host.Execute(batch);
        string detail = HostCommand.Run("ip", "-d", "link", "show", "nlport0").Stdout;
        Assert.Contains("hairpin on", detail);
        Assert.Contains("isolated on", detail);

        var move = new RouteBatch();
        move.SetLink(_host.FindLink("nlport0")!.Index, new LinkSettings { Master = 0, NewName = "moved0", Namespace = NamespaceReference.Of(_namespace) });
        _host.Execute(move);
        using NetlinkSocket inside = NetlinkSocket.OpenIn(_namespace, NetlinkProtocol.Route);
        Assert.NotNull(inside.FindLink("moved0"));
    }

    [Fact]
    public void Long_listings_and_long_batches_are_complete()
    {
        var batch = new RouteBatch();
        for (int i = 0; i < 200; i++)
        {
            batch.AddBridge($"many{i}");
        }

        using NetlinkSocket inside = NetlinkSocket.OpenIn(_namespace, NetlinkProtocol.Route);
        inside.Execute(batch);
        Assert.Equal(200, inside.Links().Count(link => link.Name.StartsWith("many", StringComparison.Ordinal) && link.Kind == "bridge"));
    }

    [Fact]
    public void The_thread_comes_back_from_the_namespace_even_after_an_exception()
    {
        NamespaceId home = Namespaces.IdentityOf(null, NamespaceTypes.Network);
        NamespaceId away = NetworkNamespaces.Run(_namespace, () => Namespaces.IdentityOf(null, NamespaceTypes.Network));
        Assert.Equal(Namespaces.Identify(_namespace), away);
        Assert.Throws<InvalidOperationException>(() => NetworkNamespaces.Run(_namespace, () => throw new InvalidOperationException()));
        Assert.Equal(home, Namespaces.IdentityOf(null, NamespaceTypes.Network));
    }

    public void Dispose()
    {
        _namespace.Dispose();
        foreach (LinkInfo link in _host.Links().Where(link => link.Name.StartsWith("nl", StringComparison.Ordinal)))
        {
            var batch = new RouteBatch();
            batch.DeleteLink(link.Index, toleratesMissing: true);
            _host.Execute(batch);
        }

        _host.Dispose();
    }

    private int AddBridge(string name)
    {
        var batch = new RouteBatch();
        batch.AddBridge(name, new LinkSettings { Up = true });
        _host.Execute(batch);
        return _host.FindLink(name)!.Index;
    }
}
