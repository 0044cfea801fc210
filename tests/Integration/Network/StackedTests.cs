using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Network;

/// <summary><c>--net macvlan:DEVICE</c>, networks of that driver, and what is told of ipvlan where the kernel has none.</summary>
public sealed class StackedTests(MinidockFixture fixture) : LifeTest(fixture)
{
    private const string Device = $"macvlan:{HostDevice.Name}";

    [Fact]
    public void A_container_on_a_devices_cable_reaches_the_other_machine_from_its_own_hardware_address()
    {
        using var device = new HostDevice();
        var before = HostDevice.State();
        var inside = Engine.RunRm(
            "--cap-add", "NET_RAW", "--net", $"{Device},ip=192.0.2.7/24,ip6=2001:db8:9::7/64,gw={HostDevice.Peer},mac=02:00:00:00:09:44,mtu=1280,name=lan0", "busybox",
            "sh", "-c", $"ping -c 1 -w 30 {HostDevice.Peer} && ip -d link show lan0; ip address show lan0; ip route").Stdout;
        Assert.Contains("02:00:00:00:09:44", inside);
        Assert.Contains("mtu 1280", inside);
        Assert.Contains("2001:db8:9::7/64", inside);
        Assert.Contains($"default via {HostDevice.Peer} dev lan0", inside);
        Assert.Contains("02:00:00:00:09:44", device.OnPeer("ip", "neighbour", "show", "192.0.2.7").Stdout);
        Assert.Equal(before, HostDevice.State());
    }

    [Fact]
    public void Each_mode_lets_containers_of_one_device_see_each_other_or_not()
    {
        using var device = new HostDevice();
        var before = HostDevice.State();
        Start("open", $"{Device},ip=192.0.2.11/24");
        Start("shut", $"{Device},mode=private,ip=192.0.2.12/24");
        Start("other", $"{Device},mode=bridge,ip=192.0.2.13/24");
        Inside("other", "ping", "-c", "1", "-w", "30", "192.0.2.11");
        Inside("shut", "ping", "-c", "1", "-w", "30", HostDevice.Peer);
        Assert.NotEqual(0, Engine.Run("exec", "open", "ping", "-c", "1", "-w", "2", "192.0.2.12").ExitCode);
        Assert.Contains("EINVAL", Engine.Run("run", "--rm", "--net", $"{Device},mode=passthru", "busybox", "true").ShouldExit(125).Stderr);
        Engine.Run("rm", "-f", "open", "shut", "other").ShouldSucceed();
        Engine.RunRm("--cap-add", "NET_RAW", "--net", $"{Device},mode=passthru,ip=192.0.2.14/24", "busybox", "ping", "-c", "1", "-w", "30", HostDevice.Peer);
        Assert.Equal(before, HostDevice.State());
    }

    [Fact]
    public void It_comes_to_a_running_container_and_goes()
    {
        using var device = new HostDevice();
        var before = HostDevice.State();
        Start("zion", "bridge");
        Engine.Run("network", "connect", $"{Device},ip=192.0.2.21/24,ip6=2001:db8:9::21/64", "zion").ShouldSucceed();
        Inside("zion", "ping", "-c", "1", "-w", "30", HostDevice.Peer);
        Assert.Equal("192.0.2.21", Inspect("zion", $"{{{{(index .NetworkSettings.Networks \"{Device}\").IPAddress}}}}"));
        Engine.Run("network", "disconnect", Device, "zion").ShouldSucceed();
        Assert.DoesNotContain("eth1", Inside("zion", "ip", "address"));
        Assert.Equal(before, HostDevice.State());
    }

    [Fact]
    public void A_made_network_gives_addresses_of_its_range_and_leaves_the_device_alone()
    {
        using var device = new HostDevice();
        var before = HostDevice.State();
        Engine.Run(
            "network", "create", "-d", "macvlan", "-o", $"parent={HostDevice.Name}", "--subnet", "192.0.2.0/24", "--gateway", HostDevice.Peer,
            "--ip-range", "192.0.2.64/27", "lan").ShouldSucceed();
        Assert.Contains($"EEXIST (network lan has it)", Engine.Run("network", "create", "-d", "macvlan", "-o", $"parent={HostDevice.Name}", "second").ShouldExit(1).Stderr);
        Start("one", "lan");
        Engine.Run("rename", "one", "uno").ShouldSucceed();
        Engine.Run("rename", "uno", "one").ShouldSucceed();
        Assert.Equal($"192.0.2.64 {HostDevice.Peer}", Inspect("one", "{{with .NetworkSettings.Networks.lan}}{{.IPAddress}} {{.Gateway}}{{end}}"));
        Assert.Matches("(?m)^192.0.2.64\t", Inside("one", "cat", "/etc/hosts"));
        Inside("one", "ping", "-c", "1", "-w", "30", HostDevice.Peer);
        Start("two", "bridge");
        Engine.Run("network", "connect", "--ip", "192.0.2.90", "lan", "two").ShouldSucceed();
        Inside("one", "ping", "-c", "1", "-w", "30", "two");
        Inside("two", "ping", "-c", "1", "-w", "30", "one");
        Assert.Contains("EADDRINUSE", Engine.Run("run", "--rm", "--net", "lan,ip=192.0.2.90", "busybox", "true").ShouldExit(125).Stderr);
        Assert.Contains("EBUSY", Engine.Run("network", "rm", "lan").ShouldExit(1).Stderr);
        Assert.Contains(HostDevice.Name, Engine.Run("network", "inspect", "-f", "{{.Driver}} {{.Options.parent}}", "lan").ShouldSucceed().Text);
        Engine.Run("network", "reload").ShouldSucceed();
        Assert.Contains("one", Inspect("one", "{{json .NetworkSettings.Networks.lan.DNSNames}}"));
        Engine.Run("rm", "-f", "one", "two").ShouldSucceed();
        Engine.Run("network", "rm", "lan").ShouldSucceed();
        Assert.Equal(before, HostDevice.State());
    }

    [Theory]
    [InlineData("macvlan", "names no device")]
    [InlineData("macvlan:nosuch9", "ENODEV")]
    [InlineData("macvlan:lo", "loopback")]
    [InlineData("macvlan:veth9,mode=l2", "not a mode of macvlan")]
    [InlineData("macvlan:veth9,mode=passthru,mac=02:00:00:00:00:09", "has the device's address")]
    [InlineData("ipvlan:veth9,mac=02:00:00:00:00:09", "has the device's address")]
    [InlineData("macvlan:veth9,gw=203.0.113.9", "add route")]
    public void What_cannot_be_is_told_and_leaves_nothing(string network, string told)
    {
        using var device = new HostDevice();
        var outcome = Engine.Run("run", "--rm", "--net", network, "busybox", "true").ShouldExit(125);
        Assert.Contains(told, outcome.Stderr);
    }

    [Fact]
    public void A_kernel_without_ipvlan_is_told()
    {
        using var device = new HostDevice();
        var outcome = Engine.Run("run", "--rm", "--net", $"ipvlan:{HostDevice.Name},ip=192.0.2.31/24", "busybox", "ip", "-d", "link", "show", "eth0");
        Assert.SkipWhen(outcome.ExitCode == 0, "this kernel has ipvlan, which the test in the virtual machine is about");
        Assert.Contains($"create ipvlan link on {HostDevice.Name}: EOPNOTSUPP (this kernel has no ipvlan)", outcome.ShouldExit(125).Stderr);
        Assert.Contains("hint: try: modprobe ipvlan", outcome.Stderr);
    }

    private void Start(string name, string network) =>
        Engine.Run("run", "-d", "--name", name, "--cap-add", "NET_RAW", "--net", network, "busybox", "sleep", "1000").ShouldSucceed();

    private string Inside(string name, params string[] command) => Engine.Run(["exec", name, .. command]).ShouldSucceed().Stdout;
}
