using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Network;

/// <summary>Containers of one made network find each other by name, short id and alias, and what they find changes as containers come and go.</summary>
public sealed class NameTests(MinidockFixture fixture) : LifeTest(fixture)
{
    [Fact]
    public void Containers_of_a_network_find_each_other_by_name_id_and_alias_and_no_longer_when_one_has_ended()
    {
        Create("lab");
        var id = Start("web", "lab", "--network-alias", "www", "--network-alias", "shop");
        Start("zion", "lab,alias=oracle,alias=city");
        var (web, zion) = (Address("web", "lab"), Address("zion", "lab"));

        // The one that was there first finds the later one, and the other way round.
        Assert.All(["zion", "oracle", "city"], name => Assert.Equal(zion, Find("web", name)));
        Assert.All(["web", "www", "shop", id[..12]], name => Assert.Equal(web, Find("zion", name)));
        Inside("zion", "ping", "-c", "1", "-w", "30", "www");
        Assert.Equal("[\"www\",\"shop\"] [\"web\",\"www\",\"shop\",\"" + id[..12] + "\"]", Inspect("web", "{{with index .NetworkSettings.Networks \"lab\"}}{{json .Aliases}} {{json .DNSNames}}{{end}}"));

        Engine.Run("rename", "web", "store").ShouldSucceed();
        Assert.Equal(web, Find("zion", "store"));
        Assert.Equal(web, Find("zion", "shop"));
        Assert.Null(Find("zion", "web"));

        Engine.Run("stop", "-t", "0", "store").ShouldSucceed();
        Assert.All(["store", "www", "shop", id[..12]], name => Assert.Null(Find("zion", name)));
        Engine.Run("start", "store").ShouldSucceed();
        Assert.Equal(Address("store", "lab"), Find("zion", "www"));
        Assert.Equal(zion, Find("store", "city"));
    }

    [Fact]
    public void A_monitor_that_is_killed_leaves_no_name_behind()
    {
        Create("lab");
        Start("web", "lab");
        Start("zion", "lab", "--network-alias", "www");
        var pid = Inspect("zion", "{{.State.Pid}}");
        var monitor = File.ReadAllLines($"/proc/{pid}/status").Single(l => l.StartsWith("PPid:", StringComparison.Ordinal)).Split('\t')[1];
        HostCommand.Run("kill", "-9", monitor, pid).ShouldSucceed();
        Eventually.True(() => Engine.Run("ps", "-q", "--filter", "name=zion").Text.Length == 0, "zion counts as ended");
        Assert.All(["zion", "www"], name => Assert.Null(Find("web", name)));
    }

    [Fact]
    public void Names_come_and_go_with_connect_and_disconnect_and_each_network_shows_its_own()
    {
        Create("lab");
        Create("office");
        Start("web", "lab");
        Start("desk", "office");
        Start("zion", "lab");
        Assert.Null(Find("zion", "desk"));

        Engine.Run("network", "connect", "--alias", "oracle", "office", "zion").ShouldSucceed();
        Assert.Equal(Address("desk", "office"), Find("zion", "desk"));
        Assert.Equal(Address("zion", "office"), Find("desk", "oracle"));
        Assert.Null(Find("web", "oracle"));
        Assert.Equal(Address("zion", "lab"), Find("web", "zion"));

        Engine.Run("restart", "-t", "0", "zion").ShouldSucceed();
        Assert.Equal(Address("zion", "office"), Find("desk", "oracle"));
        Assert.Equal(Address("web", "lab"), Find("zion", "web"));

        Engine.Run("network", "disconnect", "office", "zion").ShouldSucceed();
        Assert.Null(Find("zion", "desk"));
        Assert.Null(Find("desk", "oracle"));
        Assert.Equal(Address("web", "lab"), Find("zion", "web"));
    }

    [Fact]
    public void Who_shares_a_containers_network_sees_the_names_that_come_later()
    {
        Create("lab");
        Start("web", "lab");
        Start("guest", "container:web");
        Start("zion", "lab");
        Assert.Equal(Address("zion", "lab"), Find("guest", "zion"));
        Engine.Run("rm", "-f", "zion").ShouldSucceed();
        Assert.Null(Find("guest", "zion"));
    }

    [Fact]
    public void The_default_network_knows_no_names_and_a_container_cannot_change_what_it_knows()
    {
        Create("lab");
        Start("one", "bridge");
        Start("two", "bridge");
        Assert.Null(Find("one", "two"));
        Assert.Contains("by name)", Engine.Run("run", "--rm", "--network-alias", "x", "busybox", "true").ShouldExit(125).Stderr);
        Assert.Contains("alias \\x0abad: EINVAL", Engine.Run("run", "--rm", "--net", "lab", "--network-alias", "\nbad", "busybox", "true").ShouldExit(125).Stderr);
        Assert.Contains("alias", Engine.Run("run", "--rm", "--net", "lab,alias=a", "--network-alias", "b", "busybox", "true").ShouldExit(125).Stderr);
        Assert.NotEqual(0, Engine.Run("run", "--rm", "--net", "lab", "busybox", "sh", "-c", "echo 6.6.6.6 bank >> /etc/hosts").ExitCode);
    }

    [Fact]
    public void The_host_gateway_leads_to_the_host()
    {
        Create("lab", "--subnet", "10.249.0.0/24");
        using var server = Place.Host.ServeTcp(7002);
        Assert.StartsWith("10.249.0.", Engine.Run("run", "--rm", "--net", "lab", "--add-host", "host.docker.internal:host-gateway", "busybox", "nc", "-w", "10", "host.docker.internal", "7002")
            .ShouldSucceed().Text);
    }

    protected override void TearDown()
    {
        base.TearDown();
        Engine.Run("network", "prune", "-f").ShouldSucceed();
    }

    private void Create(string name, params string[] flags) => Engine.Run(["network", "create", .. flags, name]).ShouldSucceed();

    private string Start(string name, string network, params string[] flags) =>
        Engine.Run(["run", "-d", "--name", name, "--cap-add", "NET_RAW", "--net", network, .. flags, "busybox", "sleep", "1000"]).ShouldSucceed().Text;

    private Outcome Inside(string container, params string[] command) => Engine.Run(["exec", container, .. command]).ShouldSucceed();

    private string Address(string container, string network) => Inspect(container, $"{{{{(index .NetworkSettings.Networks \"{network}\").IPAddress}}}}");

    // What a program of the container gets: the first address; null: the name is not known.
    private string? Find(string container, string name)
    {
        var line = Inside(container, "cat", "/etc/hosts").Lines.FirstOrDefault(l => l.Split(' ', '\t').Skip(1).Contains(name));
        return line?.Split('\t')[0];
    }
}
