using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Network;

/// <summary>Networks that users make: their life, and containers on them.</summary>
public sealed class MadeNetworkTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    private EnginePaths Paths => new(Engine.Root, Engine.RunRoot);

    [Fact]
    public void A_made_network_is_listed_described_used_by_its_name_and_removed_with_its_bridge()
    {
        var id = Create("lab", "--subnet", "10.251.0.0/24", "--gateway", "10.251.0.254", "--ip-range", "10.251.0.64/26", "--label", "team=a", "--mtu", "1400");
        Assert.Matches("^[0-9a-f]{64}$", id);
        Assert.Equal($"{id[..12]} lab bridge local", Engine.Run("network", "ls", "--filter", "type=custom", "--format", "{{.ID}} {{.Name}} {{.Driver}} {{.Scope}}").Text);
        Assert.Contains("lab team=a", Engine.Run("network", "ls", "--filter", "label=team", "--format", "{{.Name}} {{.Labels}}").Text);
        Assert.Equal(id, Engine.Run("network", "ls", "-q", "--no-trunc", "--filter", "name=lab").Text);
        Assert.Equal("10.251.0.0/24 10.251.0.64/26 10.251.0.254", Engine.Run(
            "network", "inspect", "-f", "{{with index .IPAM.Config 0}}{{.Subnet}} {{.IPRange}} {{.Gateway}}{{end}}", "lab").ShouldSucceed().Text);

        var inside = Engine.RunRm("--net", "lab", "busybox", "sh", "-c", "ip address show eth0; ip route").Stdout;
        Assert.Contains("inet 10.251.0.64/24", inside);
        Assert.Contains("mtu 1400", inside);
        Assert.Contains("default via 10.251.0.254 dev eth0", inside);

        Assert.Equal("lab", Engine.Run("network", "rm", "lab").ShouldSucceed().Text);
        Assert.NotEqual(0, HostCommand.Run("ip", "link", "show", NetworkNames.Bridge(Paths, "lab")).ExitCode);
        Assert.DoesNotContain("10.251.0.0", HostCommand.Run("nft", "list", "table", "inet", NetworkNames.Table(Paths)).Stdout);
        Assert.Contains("no such network", Engine.Run("network", "inspect", "lab").ShouldExit(1).Stderr);
    }

    [Fact]
    public void A_network_in_use_stays_and_the_error_names_who_uses_it()
    {
        Create("busy");
        var id = Engine.Run("run", "-d", "--name", "user", "--net", "busy", "busybox", "sleep", "1000").ShouldSucceed().Text;
        var address = Engine.Run("inspect", "-f", "{{.NetworkSettings.Networks.busy.IPAddress}}", "user").Text;
        Assert.StartsWith(address + "/", Engine.Run("network", "inspect", "-f", $"{{{{(index .Containers \"{id}\").IPv4Address}}}}", "busy").ShouldSucceed().Text);
        Assert.Contains($"remove network busy: EBUSY (in use by user ({id[..12]}))", Engine.Run("network", "rm", "busy").ShouldExit(1).Stderr);
        Assert.DoesNotContain("busy", Engine.Run("network", "prune", "-f").ShouldSucceed().Stdout);
        Engine.Run("rm", "-f", "user").ShouldSucceed();
        Assert.Contains("Deleted Networks:\nbusy", Engine.Run("network", "prune", "-f").ShouldSucceed().Stdout);
    }

    [Fact]
    public void Subnets_that_are_chosen_overlap_neither_each_other_nor_a_route_of_the_host()
    {
        using var outside = new OutsideWorld();
        Create("one");
        Create("two");
        var subnets = Engine.Run("network", "ls", "--format", "{{.Subnet}}", "--filter", "type=custom").Text.Split('\n');
        Assert.Equal(2, subnets.Distinct().Count());
        Assert.Contains($"EADDRINUSE (overlaps {subnets[0]} of network one)", Refused("--subnet", subnets[0]));
        Assert.Contains("EADDRINUSE (this host has a route to 203.0.113.0/30)", Refused("--subnet", "203.0.113.0/24"));
        Engine.Run("network", "rm", "one", "two").ShouldSucceed();
    }

    [Theory]
    [InlineData("not an IPv4 network", "--subnet", "10.252.0.1/24")]
    [InlineData("not an IPv4 network", "--subnet", "fish")]
    [InlineData("no room for", "--subnet", "10.252.0.0/31")]
    [InlineData("gateway 10.9.9.9: EINVAL", "--subnet", "10.252.0.0/24", "--gateway", "10.9.9.9")]
    [InlineData("ip range 10.9.9.0/28: EINVAL", "--subnet", "10.252.0.0/24", "--ip-range", "10.9.9.0/28")]
    [InlineData("mtu 12: EINVAL", "--mtu", "12")]
    [InlineData("option fish: EINVAL", "-o", "fish=1")]
    [InlineData("driver fish makes no networks", "-d", "fish")]
    public void What_cannot_be_is_refused_and_leaves_nothing(string told, params string[] flags) => Assert.Contains(told, Refused(flags));

    [Theory]
    [InlineData("bridge")]
    [InlineData("host")]
    [InlineData("none")]
    [InlineData("taken")]
    public void A_name_that_is_taken_is_refused(string name)
    {
        Create("taken");
        Assert.Contains("EEXIST", Engine.Run("network", "create", name).ShouldExit(1).Stderr);
        Engine.Run("network", "rm", "taken").ShouldSucceed();
    }

    [Fact]
    public void An_internal_network_has_no_way_out_whatever_its_containers_try()
    {
        using var outside = new OutsideWorld();
        using var server = Place.Of(outside).ServeTcp(7001);
        outside.Run("ip", "route", "add", "10.253.0.0/24", "via", outside.HostAddress).ShouldSucceed();
        Create("sealed", "--subnet", "10.253.0.0/24", "--internal");
        Create("open", "--subnet", "10.254.0.0/24");
        var reach = $"ip route; ip route add default via 10.25X.0.1 2>/dev/null; nc -w 2 {outside.Address} 7001 && echo reached";
        var inner = Engine.Run("run", "--rm", "--cap-add", "NET_ADMIN", "--net", "sealed", "busybox", "sh", "-c", reach.Replace("25X", "253")).Stdout;
        Assert.DoesNotContain("default", inner);
        Assert.DoesNotContain("reached", inner);

        // The same container with a way out: it is the network that makes the difference.
        Assert.Contains("reached", Engine.Run("run", "--rm", "--net", "open", "busybox", "sh", "-c", reach.Replace("25X", "254")).Stdout);
        Engine.Run("network", "rm", "sealed", "open").ShouldSucceed();
    }

    [Fact]
    public void Reload_makes_bridge_and_rules_again_for_containers_that_run()
    {
        Create("mended");
        Engine.Run("run", "-d", "--name", "web", "--net", "mended", "-p", "8091:80", "busybox", "sh", "-c", "while true; do echo hello | nc -lp 80; done").ShouldSucceed();
        HostCommand.Run("ip", "link", "delete", NetworkNames.Bridge(Paths, "mended")).ShouldSucceed();
        HostCommand.Run("nft", "delete", "table", "inet", NetworkNames.Table(Paths)).ShouldSucceed();
        Assert.Null(Place.Host.TryAskTcp("127.0.0.1", 8091));
        Engine.Run("network", "reload", "mended").ShouldSucceed();
        Eventually.True(() => Place.Host.TryAskTcp("127.0.0.1", 8091) is not null, "the published port answers again");
        Engine.Run("rm", "-f", "web").ShouldSucceed();
        Engine.Run("network", "rm", "mended").ShouldSucceed();
    }

    // The default network, which the leak check expects, is there again whatever a test deleted.
    protected override void TearDown()
    {
        Engine.Run("network", "prune", "-f");
        Engine.RunRm("busybox", "true");
    }

    private string Create(string name, params string[] flags) => Engine.Run(["network", "create", .. flags, name]).ShouldSucceed().Text;

    private string Refused(params string[] flags)
    {
        var error = Engine.Run(["network", "create", .. flags, "refused"]).ShouldExit(1).Stderr;
        Assert.DoesNotContain("refused", Engine.Run("network", "ls", "--format", "{{.Name}}").Text);
        return error;
    }
}
