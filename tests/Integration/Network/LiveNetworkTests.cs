using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Network;

/// <summary>Made networks with both families on the command line: connected while containers run, shown, told as events, and with a default route that passes on.</summary>
public sealed class LiveNetworkTests(MinidockFixture fixture) : LifeTest(fixture)
{
    [Fact]
    public void A_connection_with_all_its_wishes_is_there_at_once_and_after_a_restart_and_goes_and_is_told()
    {
        Engine.Run("network", "create", "--subnet", "10.247.0.0/24", "lab").ShouldSucceed();
        var id = Engine.Run("network", "create", "--ipv6", "--subnet", "10.248.0.0/24", "--subnet", "fd00:1ab::/64", "--gateway", "fd00:1ab::99", "six").ShouldSucceed().Text;
        Assert.Equal("true fd00:1ab::/64 fd00:1ab::99", Engine.Run(
            "network", "inspect", "-f", "{{.EnableIPv6}} {{with index .IPAM.Config 1}}{{.Subnet}} {{.Gateway}}{{end}}", "six").ShouldSucceed().Text);
        Start("web", "lab");
        Assert.Equal("lab", Inspect("web", "{{.HostConfig.NetworkMode}}"));
        Start("peer", "six");

        Engine.Run("network", "connect", "--ip", "10.248.0.77", "--ip6", "fd00:1ab::77", "--mac", "02:00:00:00:07:77", "--ifname", "lan7", "--alias", "seven", "six", "web").ShouldSucceed();
        AssertConnected(id);
        Engine.Run("restart", "-t", "0", "web").ShouldSucceed();
        AssertConnected(id);

        Engine.Run("network", "disconnect", "six", "web").ShouldSucceed();
        Assert.DoesNotContain("lan7", Inside("web", "ip", "address"));
        Assert.DoesNotContain("seven", Inside("peer", "cat", "/etc/hosts"));
        Engine.Run("rm", "-f", "peer", "web").ShouldSucceed();
        Engine.Run("network", "rm", "six").ShouldSucceed();
        Assert.Equal(
            "create connect connect disconnect connect disconnect disconnect destroy",
            string.Join(' ', Engine.Run("events", "--since", "10m", "--until", "0s", "--filter", $"network={id}", "--format", "{{.Action}}").ShouldSucceed().Lines));
    }

    [Fact]
    public void A_port_is_shown_in_both_families_and_every_exposed_port_is_published_on_request()
    {
        Engine.Run("network", "create", "--ipv6", "six").ShouldSucceed();
        Start("web", "six", "-p", "8093:80", "--expose", "90", "-P");
        Assert.Equal(["0.0.0.0:8093", "[::]:8093"], Engine.Run("port", "web", "80").ShouldSucceed().Lines);
        Assert.Matches(
            "^0\\.0\\.0\\.0:8093->80/tcp, \\[::\\]:8093->80/tcp, 0\\.0\\.0\\.0:(\\d+)->90/tcp, \\[::\\]:\\1->90/tcp$",
            Engine.Run("ps", "--format", "{{.Ports}}").ShouldSucceed().Text);
        Assert.StartsWith("fd", Inspect("web", "{{.NetworkSettings.GlobalIPv6Address}}"));
        Assert.Contains("EADDRINUSE", Engine.Run("run", "--rm", "--net", "six", "-p", "8093:80", "busybox", "true").ShouldExit(125).Stderr);
    }

    [Fact]
    public void The_default_route_passes_on_to_the_network_that_is_left_as_a_start_would_set_it()
    {
        Engine.Run("network", "create", "--ipv6", "--subnet", "10.247.0.0/24", "--subnet", "fd00:1ac::/64", "one").ShouldSucceed();
        Engine.Run("network", "create", "--ipv6", "--subnet", "10.248.0.0/24", "--subnet", "fd00:1ad::/64", "two").ShouldSucceed();
        Start("zion", "one", "--net", "two");
        Assert.Contains("default via 10.247.0.1 dev eth0", Inside("zion", "ip", "route"));
        Engine.Run("network", "disconnect", "one", "zion").ShouldSucceed();
        Assert.Contains("default via 10.248.0.1 dev eth1", Inside("zion", "ip", "route"));
        Assert.Contains("default via fd00:1ad::1 dev eth1", Inside("zion", "ip", "-6", "route"));
        Engine.Run("restart", "-t", "0", "zion").ShouldSucceed();
        Assert.Contains("default via 10.248.0.1 dev eth1", Inside("zion", "ip", "route"));
    }

    [Fact]
    public void A_bridge_that_was_deleted_leads_the_hosts_loopback_to_published_ports_again_after_the_next_start()
    {
        Engine.Run("network", "create", "lab").ShouldSucceed();
        Start("web", "lab", "-p", "8094:80");
        var device = Engine.Run("network", "inspect", "-f", "{{index .Options \"com.docker.network.bridge.name\"}}", "lab").Text;
        HostCommand.Run("ip", "link", "delete", device).ShouldSucceed();
        Start("zion", "lab");
        Assert.Equal("1", File.ReadAllText($"/proc/sys/net/ipv4/conf/{device}/route_localnet").Trim());
    }

    [Theory]
    [InlineData("say --ipv6 too", "--subnet", "fd00:1ab::/64")]
    [InlineData("not an IPv6 network", "--ipv6", "--subnet", "fe80::/64")]
    [InlineData("not an IPv6 network", "--ipv6", "--subnet", "fd00::1/64")]
    [InlineData("not a host's address", "--ipv6", "--subnet", "fd00::/64", "--gateway", "fd01::1")]
    [InlineData("given twice for IPv6", "--ipv6", "--subnet", "fd00::/64", "--subnet", "fd01::/64")]
    public void What_cannot_be_of_IPv6_is_refused(string told, params string[] flags)
    {
        var refused = Engine.Run(["network", "create", .. flags, "bad"]).ShouldExit(1).Stderr;
        Assert.Contains(told, refused);
    }

    protected override void TearDown()
    {
        base.TearDown();
        Engine.Run("network", "prune", "-f").ShouldSucceed();
        Engine.RunRm("busybox", "true");
    }

    private void AssertConnected(string networkId)
    {
        Assert.Equal($"10.248.0.77 fd00:1ab::77 64 fd00:1ab::99 02:00:00:00:07:77 lan7 {networkId}", Inspect(
            "web", "{{with index .NetworkSettings.Networks \"six\"}}{{.IPAddress}} {{.GlobalIPv6Address}} {{.GlobalIPv6PrefixLen}} {{.IPv6Gateway}} {{.MacAddress}} {{.Interface}} {{.NetworkID}}{{end}}"));
        Assert.Contains("02:00:00:00:07:77", Inside("web", "ip", "link", "show", "lan7"));
        Assert.Contains("fd00:1ab::77\tweb seven", Inside("peer", "cat", "/etc/hosts"));
        Inside("peer", "ping", "-c", "1", "-w", "30", "fd00:1ab::77");
        Inside("peer", "ping", "-c", "1", "-w", "30", "10.248.0.77");
    }

    private void Start(string name, string network, params string[] flags) =>
        Engine.Run(["run", "-d", "--name", name, "--cap-add", "NET_RAW", "--net", network, .. flags, "busybox", "sleep", "1000"]).ShouldSucceed();

    private string Inside(string container, params string[] command) => Engine.Run(["exec", container, .. command]).ShouldSucceed().Stdout;
}
