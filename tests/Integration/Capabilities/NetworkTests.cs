using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Network;

namespace MiniDock.Tests.Integration.Capabilities;

public sealed class NetworkTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    [Fact]
    public void A_bridge_gives_a_link_an_address_and_a_default_route()
    {
        var routes = Engine.RunRm("--net", "bridge", "busybox", "ip", "route").Lines;
        Assert.Contains(routes, route => route.StartsWith("default via ", StringComparison.Ordinal) && route.Contains(" dev eth0", StringComparison.Ordinal));
        var link = Engine.RunRm("--net", "bridge", "busybox", "ip", "address", "show", "eth0").Stdout;
        Assert.Contains("UP,LOWER_UP", link);
        Assert.Matches(@"inet \d+\.\d+\.\d+\.\d+/\d+", link);
    }

    // Busybox' ping knows raw sockets only, which the default profile does not give.
    [Theory]
    [InlineData("none")]
    [InlineData("bridge")]
    public void The_loopback_link_is_up(string network) =>
        Engine.RunRm("--net", network, "--cap-add", "NET_RAW", "busybox", "ping", "-c", "1", "-W", "20", "127.0.0.1");

    [Fact]
    public void Ping_needs_no_capability()
    {
        Requires.Program("ping");
        var ping = Path.Combine(Scratch, "ping");
        HostCommand.Shell($"cp $(command -v ping) {ping}");
        var loader = HostCommand.Run("readlink", "-f", "/lib64/ld-linux-x86-64.so.2").Text;
        Engine.RunRm("--net", "none", "-v", "/:/host:ro", "-u", "1000:1000", "--cap-drop", "ALL", "busybox", $"/host{loader}",
            "--library-path", $"/host{Path.GetDirectoryName(loader)}", $"/host{ping}", "-c", "1", "-W", "20", "127.0.0.1");
    }

    [Fact]
    public void No_network_leaves_only_the_loopback_link() =>
        Assert.Equal(["lo"], Engine.RunRm("--net", "none", "busybox", "ls", "/sys/class/net").Lines);

    [Fact]
    public void A_server_beyond_the_host_answers_and_sees_the_hosts_address()
    {
        using var outside = new OutsideWorld();
        using var server = Place.Of(outside).ServeTcp(7000);
        Assert.Equal(outside.HostAddress, Engine.RunRm("--net", "bridge", "busybox", "nc", "-w", "30", outside.Address, "7000").Text);
    }

    [Fact]
    public void Names_are_resolved_by_the_server_that_was_asked_for()
    {
        using var outside = new OutsideWorld();
        using var names = new NameServer(outside, "203.0.113.99");
        var answer = Engine.RunRm("--net", "bridge", "--dns", outside.Address, "busybox", "nslookup", "any.example.org");
        Assert.Contains("203.0.113.99", answer.Stdout);
    }

    [Fact]
    public void Name_files_are_as_set_and_cannot_be_changed_inside()
    {
        const string Script = "cat /etc/resolv.conf /etc/hosts /etc/hostname; for f in resolv.conf hosts hostname; do (echo x >> /etc/$f) 2>&1; done; true";
        var text = Engine.RunRm(
            "--hostname", "zion", "--dns", "192.0.2.53", "--dns-search", "example.test", "--dns-option", "ndots:2", "--add-host", "db:192.0.2.9",
            "busybox", "sh", "-c", Script).Stdout;
        Assert.Contains("nameserver 192.0.2.53", text);
        Assert.Contains("search example.test", text);
        Assert.Contains("options ndots:2", text);
        Assert.Matches(@"192\.0\.2\.9\s+db", text);
        Assert.Matches(@"127\.0\.0\.1\s+localhost", text);
        Assert.Matches(@"(?m)^zion$", text);
        Assert.Equal(3, text.Split("Read-only file system").Length - 1);
    }
}
