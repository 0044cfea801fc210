using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Linux.Netlink;
using MiniDock.Linux.Nftables;
using MiniDock.Plugins.Network;
using MiniDock.Plugins.Network.Ports;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Network;

/// <summary>NAT, published ports and the separation of networks, with packets that are really sent.</summary>
public sealed class PacketFilterTests : IDisposable
{
    private readonly DirectEngine _engine = new();
    private readonly OutsideWorld _outside = new();

    [Fact]
    public void The_outside_sees_the_hosts_address()
    {
        var container = _engine.Attached();
        using var server = Place.Of(_outside).ServeTcp(80);
        Assert.Equal(_outside.HostAddress, Place.Of(container).AskTcp(_outside.Address, 80));
    }

    [Fact]
    public void A_published_port_is_reached_from_everywhere()
    {
        var container = _engine.Attached("bridge", new PortMapping(null, 8080, 80));
        var neighbour = _engine.Attached();
        using var server = Place.Of(container).ServeTcp(80);
        Assert.Equal(_outside.Address, Place.Of(_outside).AskTcp(_outside.HostAddress, 8080));
        Assert.NotEmpty(Place.Host.AskTcp(_outside.HostAddress, 8080));
        Assert.NotEmpty(Place.Host.AskTcp("127.0.0.1", 8080));
        Assert.NotEmpty(Place.Host.AskTcp(container.Lease["gateway"], 8080));
        Assert.NotEmpty(Place.Of(neighbour).AskTcp(_outside.HostAddress, 8080));
        Assert.NotEmpty(Place.Of(container).AskTcp(_outside.HostAddress, 8080));
    }

    [Fact]
    public void A_port_of_udp_is_published_too()
    {
        var container = _engine.Attached("bridge", new PortMapping(null, 5353, 53, "udp"));
        using var server = Place.Of(container).ServeUdp(53);
        Assert.Equal(_outside.Address, Place.Of(_outside).AskUdp(_outside.HostAddress, 5353));
        Assert.NotEmpty(Place.Host.AskUdp("127.0.0.1", 5353));
    }

    [Fact]
    public void A_port_published_on_the_loopback_is_the_hosts_alone()
    {
        var container = _engine.Attached("bridge", new PortMapping("127.0.0.1", 8081, 80));
        using var server = Place.Of(container).ServeTcp(80);
        Assert.NotEmpty(Place.Host.AskTcp("127.0.0.1", 8081));
        Assert.True(Place.Of(_outside).IsClosed(_outside.HostAddress, 8081));
    }

    [Fact]
    public void A_random_port_is_told_by_the_receipt()
    {
        var container = _engine.Attached("bridge", new PortMapping(null, 0, 80));
        using var server = Place.Of(container).ServeTcp(80);
        var port = PortBinding.Parse(container.ReceiptsOfKind(NetworkStepKinds.Publish).Single()["ports"]).HostPort;
        Assert.NotEmpty(Place.Of(_outside).AskTcp(_outside.HostAddress, port));
    }

    [Fact]
    public void A_port_that_is_not_published_is_closed_to_the_outside_and_to_other_networks()
    {
        _engine.Define("other", "10.242.0.0/24");
        var container = _engine.Attached();
        var stranger = _engine.Attached("bridge:other");
        var neighbour = _engine.Attached();
        using var server = Place.Of(container).ServeTcp(80);
        HostCommand.Run("ip", "-n", Path.GetFileName(_outside.NamespacePath), "route", "add", container.Lease["address"].Split('/')[0], "via", _outside.HostAddress)
            .ShouldSucceed();
        Assert.NotEmpty(Place.Of(neighbour).AskTcp(container.Address, 80));
        Assert.NotEmpty(Place.Host.AskTcp(container.Address, 80));
        Assert.True(Place.Of(_outside).IsClosed(container.Address, 80));
        Assert.True(Place.Of(stranger).IsClosed(container.Address, 80));
    }

    [Fact]
    public void A_container_does_not_reach_what_listens_on_the_hosts_loopback()
    {
        // The published port makes the bridge route loopback addresses.
        var container = _engine.Attached("bridge", new PortMapping("127.0.0.1", 8082, 80));
        using var secret = Place.Host.ServeTcp(9999);
        container.Run("ip", "route", "add", "127.0.0.0/8", "via", container.Lease["gateway"], "table", "9");
        container.Run("sh", "-c", "ip rule add pref 0 to 127.0.0.9 table 9; ip rule add pref 10 table local; ip rule delete pref 0 table local").ShouldSucceed();
        container.Run("sh", "-c", "echo 1 > /proc/sys/net/ipv4/conf/eth0/route_localnet; echo 1 > /proc/sys/net/ipv4/conf/all/route_localnet");
        Assert.True(Place.Of(container).IsClosed("127.0.0.9", 9999));

        // The same attack without the guard gets through: it is the guard that stops it.
        HostCommand.Run("nft", "flush", "chain", "inet", _engine.Table, "guard").ShouldSucceed();
        Assert.NotEmpty(Place.Of(container).AskTcp("127.0.0.9", 9999));
    }

    [Fact]
    public void A_table_that_was_deleted_from_outside_is_made_again_with_the_ports_of_running_containers()
    {
        var container = _engine.Attached("bridge", new PortMapping(null, 8080, 80));
        using var server = Place.Of(container).ServeTcp(80);
        HostCommand.Run("nft", "delete", "table", "inet", _engine.Table).ShouldSucceed();
        _engine.Attached();
        Assert.NotEmpty(Place.Of(_outside).AskTcp(_outside.HostAddress, 8080));
    }

    [Theory]
    [InlineData("flush table inet {0}")]
    [InlineData("flush chain inet {0} postrouting")]
    [InlineData("flush set inet {0} bridges")]
    [InlineData("delete chain inet {0} guard")]
    public void A_table_that_lost_a_part_is_mended(string damage)
    {
        _engine.Attached();
        HostCommand.Shell("nft " + string.Format(null, damage, _engine.Table));
        var container = _engine.Attached();
        using var server = Place.Of(_outside).ServeTcp(80);
        Assert.Equal(_outside.HostAddress, Place.Of(container).AskTcp(_outside.Address, 80));
        Assert.Contains("chain guard", HostCommand.Run("nft", "list", "table", "inet", _engine.Table).Stdout);
    }

    [Fact]
    public void Containers_reach_the_outside_on_a_host_where_docker_drops_what_it_does_not_know()
    {
        HostCommand.Shell("""
            nft add table ip filter
            nft add chain ip filter DOCKER-USER
            nft 'add chain ip filter FORWARD { type filter hook forward priority 0; policy drop; }'
            nft add rule ip filter FORWARD jump DOCKER-USER
            """);
        try
        {
            var container = _engine.Attached("bridge", new PortMapping(null, 8080, 80));
            _engine.Attached();
            using var beyond = Place.Of(_outside).ServeTcp(80);
            using var server = Place.Of(container).ServeTcp(80);
            Assert.Equal(_outside.HostAddress, Place.Of(container).AskTcp(_outside.Address, 80));
            Assert.NotEmpty(Place.Of(_outside).AskTcp(_outside.HostAddress, 8080));
            Assert.Equal(2, HostCommand.Run("nft", "list", "chain", "ip", "filter", "DOCKER-USER").Lines.Count(l => l.Contains("minidock", StringComparison.Ordinal)));
        }
        finally
        {
            HostCommand.Run("nft", "delete", "table", "ip", "filter").ShouldSucceed();
        }
    }

    [Fact]
    public void A_generation_that_is_the_same_by_chance_after_a_reboot_hides_nothing()
    {
        _engine.Attached().Undo();
        HostCommand.Shell($"ip link delete {_engine.Device}; nft delete table inet {_engine.Table}");
        var remembered = Directory.CreateDirectory(Path.Combine(_engine.Paths.RunNetworks, "filter"));
        File.WriteAllText(Path.Combine(remembered.FullName, "bridge"), Generation());
        var container = _engine.Attached();
        using var server = Place.Of(_outside).ServeTcp(80);
        Assert.Equal(_outside.HostAddress, Place.Of(container).AskTcp(_outside.Address, 80));
    }

    [Fact]
    public void Two_attachments_in_a_row_leave_the_packet_filter_alone()
    {
        _engine.Attached();
        _engine.Attached();
        var before = Generation();
        _engine.Attached();
        Assert.Equal(before, Generation());
    }

    [Fact]
    public void A_port_that_is_taken_is_an_error_and_nothing_of_it_stays()
    {
        var holder = _engine.Attached("bridge", new PortMapping(null, 8080, 80));
        var second = _engine.Container("bridge", new PortMapping(null, 8090, 80), new PortMapping("127.0.0.1", 8080, 80));
        var error = Assert.Throws<EngineException>(second.Attach);
        Assert.Contains($"published by container {holder.Spec.Name} ({holder.ContainerId.Short})", error.Message);
        second.Undo(withReceipts: false);
        Assert.DoesNotContain("8090", Elements());
        Assert.Contains("8080", Elements());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Undo_withdraws_the_ports_of_the_container_and_no_others(bool withReceipts)
    {
        var first = _engine.Attached("bridge", new PortMapping(null, 8080, 80), new PortMapping("127.0.0.1", 8081, 81));
        _engine.Attached("bridge", new PortMapping(null, 9090, 80));
        first.Undo(withReceipts);
        first.Undo(withReceipts);
        Assert.DoesNotContain("8080", Elements());
        Assert.DoesNotContain("8081", Elements());
        Assert.Contains("9090", Elements());
    }

    [Fact]
    public void Undo_bears_a_table_that_is_gone()
    {
        var container = _engine.Attached("bridge", new PortMapping(null, 8080, 80));
        HostCommand.Run("nft", "delete", "table", "inet", _engine.Table).ShouldSucceed();
        container.Undo();
    }

    [Fact]
    public void The_collector_takes_back_what_a_container_without_a_run_directory_held()
    {
        var gone = _engine.Attached("bridge", new PortMapping(null, 8080, 80));
        _engine.Attached("bridge", new PortMapping(null, 9090, 80));
        gone.End();
        Directory.Delete(_engine.Paths.RunDirectory(gone.ContainerId));
        Assert.Equal(["port 0.0.0.0:8080/tcp", $"address {gone.Address}"], new NetworkCollector(_engine.Paths).Collect([]));
        Assert.DoesNotContain("8080", Elements());
        Assert.Contains("9090", Elements());
    }

    public void Dispose()
    {
        _outside.Dispose();
        _engine.Dispose();
    }

    private string Elements() => HostCommand.Run("nft", "list", "table", "inet", _engine.Table).ShouldSucceed().Stdout;

    private static string Generation()
    {
        using var socket = NetlinkSocket.Open(NetlinkProtocol.Netfilter);
        return $"{socket.Generation()}";
    }
}
