using System.Globalization;
using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Network;

/// <summary><c>network connect</c> and <c>network disconnect</c> (CAPABILITIES row 27).</summary>
public sealed class ConnectTests(MinidockFixture fixture) : LifeTest(fixture)
{
    private const string Spec = $"nic:{HostDevice.Name}";
    private const int MaximumRecords = 100;

    [Fact]
    public void A_device_comes_to_a_running_container_is_there_after_a_restart_and_goes()
    {
        using var device = new HostDevice();
        var before = HostDevice.State();
        Start("--net", "bridge");
        Engine.Run("network", "connect", "--ip", HostDevice.Address, "--mac", "02:00:00:00:09:77", "--ifname", "eth2", Spec, "zion").ShouldSucceed();
        Assert.False(HostDevice.IsOnHost);
        Inside("ping", "-c", "1", "-w", "30", HostDevice.Peer);
        Assert.Contains("02:00:00:00:09:77", Inside("ip", "address", "show", "eth2"));
        Assert.Equal("192.0.2.1 eth2 02:00:00:00:09:77", Endpoint("nic:veth9"));

        Engine.Run("restart", "-t", "0", "zion").ShouldSucceed();
        Inside("ping", "-c", "1", "-w", "30", HostDevice.Peer);
        Assert.Equal("192.0.2.1 eth2 02:00:00:00:09:77", Endpoint("nic:veth9"));

        Engine.Run("network", "disconnect", Spec, "zion").ShouldSucceed();
        Assert.Equal(before, HostDevice.State());
        Assert.DoesNotContain("eth2", Inside("ip", "address"));
        Assert.Contains("eth0", Inside("ip", "address"));
        Assert.Contains("\"bridge\"", Inspect("zion", "{{json .NetworkSettings.Networks}}"));
        Assert.DoesNotContain("nic:veth9", Inspect("zion", "{{json .NetworkSettings.Networks}}"));
        Engine.Run("restart", "-t", "0", "zion").ShouldSucceed();
        Assert.Equal(before, HostDevice.State());
    }

    [Fact]
    public void A_bridge_comes_with_an_address_and_the_default_route_where_there_was_none_and_goes()
    {
        using var device = new HostDevice();
        Start("--net", $"{Spec},ip={HostDevice.Address}");
        Engine.Run("network", "connect", "bridge,default=true", "zion").ShouldSucceed();
        var gateway = Inside("ip", "route").Split('\n').Single(l => l.StartsWith("default via ", StringComparison.Ordinal)).Split(' ')[2];
        Inside("ping", "-c", "1", "-w", "30", gateway);
        var address = Inspect("zion", "{{.NetworkSettings.Networks.bridge.IPAddress}}");
        Assert.Contains(address, Inside("ip", "address", "show", "eth1"));
        HostCommand.Run("ping", "-c", "1", "-w", "30", address).ShouldSucceed();

        Engine.Run("network", "disconnect", "bridge", "zion").ShouldSucceed();
        Assert.DoesNotContain("eth1", Inside("ip", "address"));
        Engine.Run("network", "connect", "--ip", address, "bridge", "zion").ShouldSucceed();
        Assert.Contains(address, Inside("ip", "address", "show", "eth1"));
    }

    [Fact]
    public void A_stopped_container_is_attached_at_its_next_start()
    {
        using var device = new HostDevice();
        Start("--net", "bridge");
        Engine.Run("stop", "-t", "0", "zion").ShouldSucceed();
        Engine.Run("network", "connect", "--ip", HostDevice.Address, Spec, "zion").ShouldSucceed();
        Assert.True(HostDevice.IsOnHost);
        Engine.Run("start", "zion").ShouldSucceed();
        Inside("ping", "-c", "1", "-w", "30", HostDevice.Peer);
        Engine.Run("stop", "-t", "0", "zion").ShouldSucceed();
        Engine.Run("network", "disconnect", Spec, "zion").ShouldSucceed();
        Engine.Run("start", "zion").ShouldSucceed();
        Assert.DoesNotContain("eth1", Inside("ip", "address"));
    }

    [Fact]
    public void A_connection_cut_short_at_any_journal_record_is_there_or_not_as_inspect_says_and_leaves_nothing()
    {
        using var device = new HostDevice();
        var before = HostDevice.State();
        Start("--net", "bridge");
        var record = 1;
        while (ConnectWithFault(record) != 0)
        {
            var outcome = Engine.Run("network", "connect", "--ip", HostDevice.Address, Spec, "zion");
            Assert.True(outcome.ExitCode == 0 || outcome.Stderr.Contains("EEXIST (attached already)", StringComparison.Ordinal), outcome.ToString());
            Inside("ping", "-c", "1", "-w", "30", HostDevice.Peer);
            Assert.StartsWith("192.0.2.1 ", Endpoint("nic:veth9"));
            Engine.Run("network", "disconnect", Spec, "zion").ShouldSucceed();
            Assert.Equal(before, HostDevice.State());
            Assert.True(++record < MaximumRecords, "the connection never got past its records");
        }

        Assert.True(record > 8, $"only {record - 1} records: the fault was not met");
        Engine.Run("rm", "-f", "zion").ShouldSucceed();
        Assert.Equal(before, HostDevice.State());
    }

    [Fact]
    public void A_connection_that_fails_changes_nothing()
    {
        using var device = new HostDevice();
        var before = HostDevice.State();
        Start("--net", "bridge");
        var specification = Inspect("zion", "{{json .}}");
        var outcome = Engine.Run("network", "connect", $"{Spec},ip={HostDevice.Address},gw=203.0.113.77,default=true", "zion").ShouldExit(1);
        Assert.Contains("add route", outcome.Stderr);
        Assert.Equal(before, HostDevice.State());
        Assert.Equal(specification, Inspect("zion", "{{json .}}"));
    }

    [Fact]
    public void What_cannot_be_is_told()
    {
        Start("--net", "bridge");
        Assert.Contains("attached already", Engine.Run("network", "connect", "bridge", "zion").ShouldExit(1).Stderr);
        Assert.Contains("not attached", Engine.Run("network", "disconnect", "nic:veth9", "zion").ShouldExit(1).Stderr);
        Assert.Contains("ENODEV", Engine.Run("network", "connect", "nic:veth9", "zion").ShouldExit(1).Stderr);
        Assert.Contains("cannot be attached later", Engine.Run("network", "connect", "host", "zion").ShouldExit(1).Stderr);
        Engine.Run("rm", "-f", "zion").ShouldSucceed();
        Start("--net", "none");
        Assert.Contains("not its own", Engine.Run("network", "connect", "bridge", "zion").ShouldExit(1).Stderr);
    }

    private void Start(params string[] network) =>
        Engine.Run(["run", "-d", "--name", "zion", "--cap-add", "NET_RAW", .. network, "busybox", "sleep", "1000"]).ShouldSucceed();

    private string Inside(params string[] command) => Engine.Run(["exec", "zion", .. command]).ShouldSucceed().Stdout;

    private string Endpoint(string network) =>
        Inspect("zion", $"{{{{with index .NetworkSettings.Networks \"{network}\"}}}}{{{{.IPAddress}}}} {{{{.Interface}}}} {{{{.MacAddress}}}}{{{{end}}}}");

    private int ConnectWithFault(int record)
    {
        Engine.Variables["MINIDOCK_FAULT_AT_RECORD"] = record.ToString(CultureInfo.InvariantCulture);
        try
        {
            return Engine.Run("network", "connect", "--ip", HostDevice.Address, Spec, "zion").ExitCode;
        }
        finally
        {
            Engine.Variables.Remove("MINIDOCK_FAULT_AT_RECORD");
        }
    }
}
