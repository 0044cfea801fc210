using System.Globalization;
using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Network;

/// <summary><c>--net cni:NAME</c> with the plugins of Debian's package: what they make works, and what they keep is taken back.</summary>
public sealed class CniTests : LifeTest
{
    private const int MaximumRecords = 100;

    private readonly CniLists _lists;

    public CniTests(MinidockFixture fixture)
        : base(fixture) => _lists = new CniLists(Engine, Scratch);

    [Fact]
    public void A_list_of_several_gives_address_names_published_port_limit_and_setting_and_takes_all_back()
    {
        _lists.Write(
            "lab", "1.0.0", _lists.BridgePlugin(""","dns":{"nameservers":["10.91.0.53"],"search":["lab.test"],"options":["ndots:3"]}"""),
            """{"type":"portmap","snat":true,"capabilities":{"portMappings":true}}""",
            """{"type":"bandwidth","capabilities":{"bandwidth":true}}""",
            """{"type":"tuning","sysctl":{"net.core.somaxconn":"500"}}""");
        using var outside = new OutsideWorld();
        Engine.Run(
            "run", "-d", "--name", "zion", "--hostname", "zion", "--cap-add", "NET_RAW", "--net", "cni:lab,ip=10.91.0.77,mac=02:00:00:00:00:77,ingress=800000000", "-p", "8080:80", "busybox",
            "sh", "-c", "while true; do echo hello | nc -lp 80; done").ShouldSucceed();
        Inside("zion", "ping", "-c", "1", "-w", "30", outside.Address);
        Assert.Equal("10.91.0.77 10.91.0.1 02:00:00:00:00:77 eth0", Inspect("zion", "{{with index .NetworkSettings.Networks \"cni:lab\"}}{{.IPAddress}} {{.Gateway}} {{.MacAddress}} {{.Interface}}{{end}}"));
        Assert.Equal("0.0.0.0:8080", Engine.Run("port", "zion", "80").ShouldSucceed().Text);
        Assert.Equal("500", Inside("zion", "cat", "/proc/sys/net/core/somaxconn").Trim());
        Assert.Contains("tbf", HostCommand.Run("tc", "qdisc").Stdout);
        var files = Inside("zion", "cat", "/etc/hosts", "/etc/resolv.conf");
        Assert.Matches("(?m)^10.91.0.77\tzion$", files);
        Assert.DoesNotContain("127.0.1.1", files);
        Assert.Contains("nameserver 10.91.0.53\nsearch lab.test\noptions ndots:3\n", files);
        Answers(Place.Of(outside), outside.HostAddress);
        Answers(Place.Host, "127.0.0.1");
        Assert.Contains("EADDRINUSE (published by container zion", Engine.Run("run", "--rm", "-p", "8080:80", "busybox", "true").ShouldExit(125).Stderr);
        Assert.Equal(["10.91.0.77"], _lists.Leases);

        Engine.Run("restart", "-t", "0", "zion").ShouldSucceed();
        Answers(Place.Host, "127.0.0.1");
        Engine.Run("rm", "-f", "zion").ShouldSucceed();
        Assert.Empty(_lists.Leases);
        Assert.DoesNotContain("8080", HostCommand.Run("nft", "list", "ruleset").Stdout);
        Assert.DoesNotContain("10.91.0.77", HostCommand.Run("nft", "list", "ruleset").Stdout);
    }

    [Theory]
    [InlineData("macvlan", "0.3.1")]
    [InlineData("ptp", "0.4.0")]
    [InlineData("host-device", "1.0.0")]
    public void Each_plugin_of_an_interface_makes_one_that_works_and_unmakes_it(string plugin, string version)
    {
        using var device = new HostDevice();
        var before = HostDevice.State();
        var fixedAddress = """{"type":"static","addresses":[{"address":"192.0.2.7/24"}]}""";
        var configuration = plugin switch
        {
            "macvlan" => $$"""{"type":"macvlan","master":"{{HostDevice.Name}}","ipam":{{fixedAddress}}}""",
            "ptp" => $$"""{"type":"ptp","ipam":{{_lists.HostLocal}}}""",
            _ => $$"""{"type":"host-device","device":"{{HostDevice.Name}}","ipam":{{fixedAddress}}}""",
        };
        _lists.Write("lab", version, configuration);
        var peer = plugin == "ptp" ? "10.91.0.1" : HostDevice.Peer;
        var inside = Engine.RunRm("--cap-add", "NET_RAW", "--net", "cni:lab,name=lan0", "busybox", "sh", "-c", $"ping -c 1 -w 30 {peer} > /dev/null && ip address show lan0").Stdout;
        Assert.Contains(plugin == "ptp" ? "10.91.0.2/24" : "192.0.2.7/24", inside);
        Assert.Empty(_lists.Leases);
        if (plugin == "host-device")
        {
            // The plugin gives back the device and its name, not its addresses: nic: does.
            Assert.True(HostDevice.IsOnHost);
            return;
        }

        Assert.Equal(before, HostDevice.State());
    }

    [Fact]
    public void It_comes_to_a_running_container_and_goes_with_its_names()
    {
        _lists.Write("lab", "1.0.0", _lists.BridgePlugin());
        Engine.Run("run", "-d", "--name", "zion", "--hostname", "zion", "--cap-add", "NET_RAW", "busybox", "sleep", "1000").ShouldSucceed();
        var hosts = Inside("zion", "cat", "/etc/hosts");
        Engine.Run("network", "connect", "--ip", "10.91.0.9", "cni:lab", "zion").ShouldSucceed();
        Inside("zion", "ping", "-c", "1", "-w", "30", "10.91.0.1");
        Assert.Equal("10.91.0.9", Inspect("zion", "{{(index .NetworkSettings.Networks \"cni:lab\").IPAddress}}"));
        Assert.Contains("10.91.0.9\tzion", Inside("zion", "cat", "/etc/hosts"));
        Engine.Run("network", "disconnect", "cni:lab", "zion").ShouldSucceed();
        Assert.Empty(_lists.Leases);
        Assert.Equal(hosts, Inside("zion", "cat", "/etc/hosts"));
        Assert.DoesNotContain("eth1", Inside("zion", "ip", "address"));
    }

    [Fact]
    public void Nothing_is_left_whichever_journal_record_the_engine_is_killed_after()
    {
        _lists.Write("lab", "1.0.0", _lists.BridgePlugin(), """{"type":"portmap","capabilities":{"portMappings":true}}""");
        Engine.RunRm("--net", "cni:lab", "-p", "8080:80", "busybox", "true");
        var before = Snapshot();
        var record = 1;
        while (RunWithFault(record) != 0)
        {
            Engine.Run("ps", "-aq").ShouldSucceed();
            Assert.Empty(_lists.Leases);
            Assert.True(++record < MaximumRecords, "the run never got past its records");
        }

        Assert.True(record > 12, $"only {record - 1} records: the fault was not met");
        AssertSame(before, "runs that were killed");
    }

    [Fact]
    public void A_killed_container_and_its_monitor_leave_nothing_after_the_next_command()
    {
        _lists.Write("lab", "1.0.0", _lists.BridgePlugin(), """{"type":"portmap","capabilities":{"portMappings":true}}""");
        Engine.Run("run", "-d", "--name", "zion", "--net", "cni:lab", "-p", "8080:80", "busybox", "sleep", "1000").ShouldSucceed();
        var view = ContainerView.Of(Engine, "zion");
        var monitor = view.Proc("status").Split('\n').Single(l => l.StartsWith("PPid:", StringComparison.Ordinal))["PPid:".Length..].Trim();
        HostCommand.Run("kill", "-9", monitor, view.Pid.ToString(CultureInfo.InvariantCulture)).ShouldSucceed();
        Eventually.True(
            () =>
            {
                Engine.Run("ps", "-aq").ShouldSucceed();
                return _lists.Leases.Length == 0;
            },
            "a later command detaches it");
        Assert.DoesNotContain("8080", HostCommand.Run("nft", "list", "ruleset").Stdout);
    }

    protected override void TearDown()
    {
        base.TearDown();
        _lists.Remove();
    }

    private string Inside(string name, params string[] command) => Engine.Run(["exec", name, .. command]).ShouldSucceed().Stdout;

    // The little server serves one connection at a time, and needs a moment between two.
    private static void Answers(Place from, string address) =>
        Eventually.True(() => from.TryAskTcp(address, 8080)?.Trim() == "hello", $"{address}:8080 answers");

    private int RunWithFault(int record)
    {
        Engine.Variables["MINIDOCK_FAULT_AT_RECORD"] = record.ToString(CultureInfo.InvariantCulture);
        try
        {
            return Engine.Run("run", "--rm", "--net", "cni:lab", "-p", "8080:80", "busybox", "true").ExitCode;
        }
        finally
        {
            Engine.Variables.Remove("MINIDOCK_FAULT_AT_RECORD");
        }
    }
}
