using System.Text.RegularExpressions;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Network;

/// <summary>Networks of containers that the engine runs.</summary>
public sealed partial class NetworkRunTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    private readonly List<string> _defined = [];

    [Fact]
    public void A_published_port_is_reached_from_outside_and_from_the_host_itself()
    {
        using var outside = new OutsideWorld();
        using var web = Serve("web", "-p", "8080:80");
        Assert.Equal("hello", Ask(Place.Of(outside), outside.HostAddress, 8080));
        Assert.Equal("hello", Ask(Place.Host, "127.0.0.1", 8080));
        Remove("web");
        Assert.True(Place.Host.IsClosed("127.0.0.1", 8080));
    }

    [Fact]
    public void A_random_port_is_shown_and_works()
    {
        using var web = Serve("random", "-p", "80");
        var shown = Engine.Run("ps", "--format", "{{.Ports}}").Text;
        var port = ushort.Parse(Regex.Match(shown, @"^0\.0\.0\.0:(\d+)->80/tcp$").Groups[1].Value, null);
        Assert.Equal("hello", Ask(Place.Host, "127.0.0.1", port));
        var network = Engine.Run("inspect", "-f", "{{.NetworkSettings.Networks.bridge.IPAddress}}", "random").ShouldSucceed().Text;
        Assert.Equal(Lease("random"), network);
        Remove("random");
    }

    [Fact]
    public void Of_a_range_for_one_port_the_first_free_one_is_picked_until_all_are_taken()
    {
        using var program = Place.Host.ServeTcp(8200);
        using var first = Serve("range1", "-p", "8200-8202:80");
        using var second = Serve("range2", "-p", "8200-8202:80");
        Assert.Equal("0.0.0.0:8201", Engine.Run("port", "range1", "80").ShouldSucceed().Text);
        Assert.Equal("0.0.0.0:8202", Engine.Run("port", "range2", "80").ShouldSucceed().Text);
        Assert.Equal("hello", Ask(Place.Host, "127.0.0.1", 8202));
        Assert.Contains(
            "EADDRINUSE (all ports from 8200 to 8202 are taken)", Engine.Run("run", "--rm", "-p", "8200-8202:80", "busybox", "true").ShouldExit(125).Stderr);
        Remove("range1");
        Remove("range2");
    }

    [Fact]
    public void A_taken_port_is_an_error_that_names_the_container_and_leaves_nothing()
    {
        using var web = Serve("holder", "-p", "8080:80");
        var second = Engine.Run("run", "--rm", "-p", "127.0.0.1:8080:80", "busybox", "true").ShouldExit(125);
        Assert.Contains("publish port 127.0.0.1:8080/tcp: EADDRINUSE (published by container holder", second.Stderr);
        Assert.Contains("hint: ", second.Stderr);
        Remove("holder");
    }

    [Fact]
    public void A_port_that_a_program_of_the_host_listens_on_is_refused()
    {
        using var program = Place.Host.ServeTcp(8083);
        Assert.Contains("EADDRINUSE (in use by process", Engine.Run("run", "--rm", "-p", "8083:80", "busybox", "true").ShouldExit(125).Stderr);
    }

    [Fact]
    public void Another_containers_network_is_joined_with_its_name_files()
    {
        using var first = Serve("first");
        var address = Lease("first");
        var joined = Engine.RunRm("--net", "container:first", "busybox", "sh", "-c", "ip address show eth0; cat /etc/hosts; nc -w 30 127.0.0.1 80").Stdout;
        Assert.Contains(address, joined);
        Assert.Matches($@"(?m)^{Regex.Escape(address)}\s", joined);
        Assert.Contains("hello", joined);
        Remove("first");
        Assert.Contains("no such container", Engine.Run("run", "--rm", "--net", "container:first", "busybox", "true").ShouldExit(125).Stderr);
    }

    [Fact]
    public void The_hosts_network_is_the_hosts_namespace()
    {
        var inside = Engine.RunRm("--net", "host", "busybox", "readlink", "/proc/self/ns/net").Text;
        Assert.Equal(ContainerView.HostNamespace("net"), inside);
    }

    [Fact]
    public void A_named_namespace_is_joined_and_lives_on()
    {
        using var outside = new OutsideWorld();
        var name = Path.GetFileName(outside.NamespacePath);
        Assert.Contains(outside.Address, Engine.RunRm("--net", $"ns:{name}", "busybox", "ip", "address").Stdout);
        Assert.Contains(outside.Address, Engine.RunRm("--net", $"ns:{outside.NamespacePath}", "busybox", "ip", "address").Stdout);
    }

    [Fact]
    public void Address_and_mac_are_as_asked_for()
    {
        Define("asked", "10.243.0.0/26");
        var text = Engine.RunRm("--net", "bridge:asked,ip=10.243.0.9,mac=02:00:00:00:00:09", "busybox", "ip", "address", "show", "eth0").Stdout;
        Assert.Contains("10.243.0.9/26", text);
        Assert.Contains("02:00:00:00:00:09", text);
    }

    [Theory]
    [InlineData("nosuch", "network nosuch")]
    [InlineData("bridge:nosuch", "no such network")]
    [InlineData("bridge,ip=1.2.3.4", "1.2.3.4")]
    [InlineData("bridge,bogus=1", "bogus")]
    public void A_network_that_cannot_be_is_told_with_exit_code_125(string network, string told)
    {
        var outcome = Engine.Run("run", "--rm", "--net", network, "busybox", "true").ShouldExit(125);
        Assert.Contains(told, outcome.Stderr);
        Assert.Contains("hint: ", outcome.Stderr);
    }

    [Theory]
    [InlineData("--hostname", "a\nb")]
    [InlineData("--hostname", "a\u0007b")]
    [InlineData("--add-host", "db:10.0.0.1\n6.6.6.6 bank")]
    [InlineData("--add-host", "db\n6.6.6.6 bank:10.0.0.1")]
    [InlineData("--dns", "192.0.2.1\nnameserver 6.6.6.6")]
    [InlineData("--dns-search", "a\nnameserver 6.6.6.6")]
    [InlineData("--dns-option", "a\nnameserver 6.6.6.6")]
    public void Control_characters_in_names_are_refused(string flag, string value)
    {
        var outcome = Engine.Run("run", "--rm", flag, value, "busybox", "true").ShouldExit(125);
        Assert.DoesNotContain(value, outcome.Stderr);
    }

    [Fact]
    public void A_bridge_and_a_table_deleted_from_outside_are_mended_by_the_next_run()
    {
        using var outside = new OutsideWorld();
        using var server = Place.Of(outside).ServeTcp(7000);
        var paths = new EnginePaths(Engine.Root, Engine.RunRoot);
        HostCommand.Run("ip", "link", "delete", NetworkNames.Bridge(paths, NetworkNames.Default)).ShouldSucceed();
        Assert.Equal(outside.HostAddress, Engine.RunRm("busybox", "nc", "-w", "30", outside.Address, "7000").Text);
        HostCommand.Run("nft", "delete", "table", "inet", NetworkNames.Table(paths)).ShouldSucceed();
        Assert.Equal(outside.HostAddress, Engine.RunRm("busybox", "nc", "-w", "30", outside.Address, "7000").Text);
    }

    [Fact]
    public void Sixty_four_runs_at_once_on_a_small_network_get_different_addresses_until_it_is_full()
    {
        Define("c6", "10.244.0.0/26");
        var runs = new List<RunningCommand>();
        try
        {
            for (var i = 0; i < 64; i++)
            {
                runs.Add(Engine.Start("run", "--rm", "-i", "--net", "bridge:c6", "busybox", "sh", "-c", "ip -4 address show eth0 && read x"));
            }

            Eventually.True(() => runs.All(r => r.HasExited || r.Stdout.Contains("inet ", StringComparison.Ordinal)), "each run has its address or its error");
            var addresses = runs.Where(r => !r.HasExited).Select(r => InetPattern().Match(r.Stdout).Groups[1].Value).ToList();
            Assert.Equal(61, addresses.Count);
            Assert.Equal(61, addresses.Distinct().Count());
            foreach (var refused in runs.Where(r => r.HasExited))
            {
                Assert.Contains("ENOSPC (all 61 addresses of 10.244.0.0/26 are in use)", refused.Wait().ShouldExit(125).Stderr);
            }
        }
        finally
        {
            foreach (var run in runs)
            {
                run.CloseStdin();
            }

            runs.ForEach(r => r.Wait());
        }

        Engine.RunRm("--net", "bridge:c6", "busybox", "true");
    }

    [Fact]
    public void A_killed_engine_leaves_no_address_and_no_port_after_the_next_command()
    {
        using var killed = Serve("killed", "-p", "8085:80");
        killed.Signal("KILL");
        Engine.Run("ps", "-a").ShouldSucceed();
        Engine.Run("rm", "-f", "killed");
        Assert.True(Place.Host.IsClosed("127.0.0.1", 8085));
        using var again = Serve("again", "-p", "8085:80");
        Assert.Equal("hello", Ask(Place.Host, "127.0.0.1", 8085));
        Remove("again");
    }

    // Networks outlive their containers: what this test made of them goes, and the default network is made again.
    protected override void TearDown()
    {
        if (_defined.Count == 0)
        {
            return;
        }

        var paths = new EnginePaths(Engine.Root, Engine.RunRoot);
        foreach (var name in _defined)
        {
            HostCommand.Run("ip", "link", "delete", NetworkNames.Bridge(paths, name));
            File.Delete(Path.Combine(paths.Networks, name + ".json"));
        }

        HostCommand.Run("nft", "delete", "table", "inet", NetworkNames.Table(paths));
        Engine.RunRm("busybox", "true");
    }

    [GeneratedRegex(@"inet (\S+)")]
    private static partial Regex InetPattern();

    // A container that says hello on port 80.
    private RunningCommand Serve(string name, params string[] flags)
    {
        const string Script = "echo ready; while true; do echo hello | nc -lp 80; done";
        var running = Engine.Start(["run", "--rm", "--name", name, .. flags, "busybox", "sh", "-c", Script]);
        running.WaitForOutput("ready");
        return running;
    }

    private void Remove(string name) => Engine.Run("rm", "-f", name).ShouldSucceed();

    // The little server serves one connection at a time, and needs a moment between two.
    private static string Ask(Place from, string address, ushort port)
    {
        string? answer = null;
        Eventually.True(() => (answer = from.TryAskTcp(address, port)) is not null, $"{address}:{port} answers");
        return answer!.Trim();
    }

    private string Lease(string name)
    {
        var address = "";
        Eventually.True(
            () => (address = Engine.Run("inspect", "-f", "{{.NetworkSettings.IPAddress}}", name).Text).Length > 0, $"{name} has an address");
        return address;
    }

    private void Define(string name, string subnet)
    {
        _defined.Add(name);
        File.WriteAllText(Path.Combine(Engine.Root, "networks", name + ".json"), $$"""{ "subnet": "{{subnet}}" }""");
    }
}
