using MiniDock.Abstractions;
using MiniDock.Plugins.Network.Addresses;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Network;

/// <summary>The bridge provider's steps against the kernel, without the rest of the engine.</summary>
public sealed class BridgeAttachmentTests : IDisposable
{
    private readonly DirectEngine _engine = new();

    [Fact]
    public void A_container_gets_its_address_a_default_route_and_a_loopback()
    {
        var container = _engine.Attached();
        Assert.Contains($"inet {container.Lease["address"]} brd", container.Run("ip", "address", "show", "eth0").Stdout);
        Assert.Contains($"default via {container.Lease["gateway"]} dev eth0", container.Run("ip", "route").Stdout);
        container.Run("ping", "-c", "1", "-W", "20", "127.0.0.1").ShouldSucceed();
        container.Run("ping", "-c", "1", "-W", "20", container.Lease["gateway"]).ShouldSucceed();
        HostCommand.Run("ping", "-c", "1", "-W", "20", container.Address).ShouldSucceed();
    }

    [Fact]
    public void Two_containers_of_a_network_reach_each_other()
    {
        var first = _engine.Attached();
        var second = _engine.Attached();
        first.Run("ping", "-c", "1", "-W", "20", second.Address).ShouldSucceed();
    }

    [Fact]
    public void Address_mac_name_and_mtu_can_be_asked_for()
    {
        _engine.Define("lab", "10.240.0.0/26");
        var container = _engine.Attached("bridge:lab,ip=10.240.0.9,mac=02:00:5e:10:00:01,name=lan,mtu=1300,gw=none");
        var link = container.Run("ip", "link", "show", "lan").Stdout;
        Assert.Contains("mtu 1300", link);
        Assert.Contains("02:00:5e:10:00:01", link);
        Assert.Equal("10.240.0.9", container.Address);
        Assert.DoesNotContain("default", container.Run("ip", "route").Stdout);
    }

    [Fact]
    public void A_pair_has_one_queue_in_each_direction()
    {
        var container = _engine.Attached();
        Assert.Contains("numtxqueues 1 numrxqueues 1", container.Run("ip", "-d", "link", "show", "eth0").Stdout);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Undo_gives_the_address_back_and_the_pair_ends_with_its_namespace(bool withReceipts)
    {
        var container = _engine.Attached();
        var host = container.ReceiptsOfKind("bridge.port").Single()["host"];
        container.Undo(withReceipts);
        container.Undo(withReceipts);
        Assert.Empty(new LeaseBook(_engine.Paths).Of("bridge"));
        Eventually.True(() => HostCommand.Run("ip", "link", "show", host).ExitCode != 0, $"{host} ends");
    }

    [Fact]
    public void Undo_of_a_plan_that_was_never_applied_does_nothing()
    {
        var container = _engine.Container();
        foreach (var step in _engine.Bridge.Plan(container.Request))
        {
            _engine.Bridge.Handlers.Single(h => h.Kind == step.Kind).Undo(step, null, container);
        }
    }

    [Fact]
    public void A_bridge_that_was_deleted_from_outside_is_made_again_and_takes_back_its_ports()
    {
        var first = _engine.Attached();
        HostCommand.Run("ip", "link", "delete", _engine.Device).ShouldSucceed();
        var second = _engine.Attached();
        second.Run("ping", "-c", "1", "-W", "20", first.Address).ShouldSucceed();
    }

    [Fact]
    public void A_bridge_that_lost_its_address_or_was_set_down_is_mended()
    {
        _engine.Attached();
        HostCommand.Shell($"ip address flush dev {_engine.Device}; ip link set {_engine.Device} down");
        var second = _engine.Attached();
        second.Run("ping", "-c", "1", "-W", "20", second.Lease["gateway"]).ShouldSucceed();
    }

    [Fact]
    public void An_interface_of_the_bridges_name_that_is_no_bridge_is_an_error()
    {
        HostCommand.Run("ip", "link", "add", _engine.Device, "type", "veth", "peer", "name", "mdvother").ShouldSucceed();
        var error = Assert.Throws<EngineException>(() => _engine.Attached());
        Assert.Contains("EEXIST", error.Message);
    }

    [Fact]
    public void A_name_that_the_pair_of_an_earlier_run_still_bears_stops_no_run()
    {
        var container = _engine.Container();
        HostCommand.Run("ip", "link", "add", NetworkNames.HostVeth(container.ContainerId, 0, 0), "type", "veth", "peer", "name", "other").ShouldSucceed();
        container.Attach();
        container.Run("ping", "-c", "1", "-W", "20", container.Lease["gateway"]).ShouldSucceed();
        HostCommand.Run("ip", "link", "delete", NetworkNames.HostVeth(container.ContainerId, 0, 0)).ShouldSucceed();
    }

    [Fact]
    public void Sixty_four_attachments_at_once_on_a_small_network_get_different_addresses_until_it_is_full()
    {
        _engine.Define("c6", "10.241.0.0/26");
        var failures = new System.Collections.Concurrent.ConcurrentBag<Exception>();
        var containers = Enumerable.Range(0, 64).Select(_ => _engine.Container("bridge:c6")).ToList();
        Parallel.ForEach(containers, new ParallelOptions { MaxDegreeOfParallelism = 16 }, c =>
        {
            try
            {
                c.Attach();
            }
            catch (EngineException e)
            {
                failures.Add(e);
            }
        });

        var attached = containers.Where(c => c.Pid != 0).ToList();
        Assert.Equal(61, attached.Count);
        Assert.Equal(61, attached.Select(c => c.Address).Distinct().Count());
        Assert.Equal(3, failures.Count);
        Assert.All(failures, f => Assert.Contains("ENOSPC", f.Message));
        attached[0].Run("ping", "-c", "1", "-W", "20", attached[^1].Address).ShouldSucceed();
    }

    public void Dispose() => _engine.Dispose();
}
