using System.Globalization;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Network;

/// <summary><c>network uplink</c> (CAPABILITIES row 26). The device leads to a namespace that plays the outer host.</summary>
public sealed class UplinkTests(MinidockFixture fixture) : LifeTest(fixture)
{
    private const string HostAddress = "192.0.2.1";
    private const int MaximumRecords = 50;

    private string Bridge => NetworkNames.Bridge(new EnginePaths(Engine.Root, Engine.RunRoot), "lab");

    [Fact]
    public void A_bridge_takes_the_hosts_device_and_the_host_keeps_its_addresses_and_routes_and_gets_them_back()
    {
        using var device = new HostDevice();
        HostCommand.Shell($"ip route add default via {HostDevice.Peer} dev {HostDevice.Name} proto static; ip -6 route add 2001:db8:77::/64 via 2001:db8:9::2 dev {HostDevice.Name} proto static");
        var before = State();
        Engine.Run("network", "create", "lab").ShouldSucceed();
        Engine.Run("network", "uplink", "--move-ip", "lab", HostDevice.Name).ShouldSucceed();
        Assert.DoesNotContain("inet", HostCommand.Shell($"ip -o address show dev {HostDevice.Name} scope global").Stdout);
        Assert.Contains($"{HostAddress}/24", HostCommand.Shell($"ip address show dev {Bridge}").Stdout);
        Assert.Contains($"default via {HostDevice.Peer} dev {Bridge}", HostCommand.Shell("ip route").Stdout);
        Assert.Contains($"198.51.100.0/24 via {HostDevice.Peer} dev {Bridge} metric 7", HostCommand.Shell("ip route").Stdout.Replace("  ", " "));
        Assert.Contains($"2001:db8:77::/64 via 2001:db8:9::2 dev {Bridge}", HostCommand.Shell("ip -6 route").Stdout);
        device.OnPeer("ping", "-c", "1", "-w", "30", HostAddress).ShouldSucceed();

        // A container is on the outer network now: it has an address of that, and is seen from there.
        Engine.Run("run", "-d", "--name", "zion", "--cap-add", "NET_ADMIN", "--net", "lab", "busybox", "sh", "-c", "ip address add 192.0.2.77/24 dev eth0; sleep 1000").ShouldSucceed();
        Eventually.True(() => device.OnPeer("ping", "-c", "1", "-w", "5", "192.0.2.77").ExitCode == 0, "the container answers outside");
        Assert.Contains($"EBUSY ({HostDevice.Name} is its uplink)", Engine.Run("network", "rm", "lab").ShouldExit(1).Stderr);
        Assert.DoesNotContain("lab", Engine.Run("network", "prune", "-f").ShouldSucceed().Stdout);

        HostCommand.Run("ip", "link", "delete", Bridge).ShouldSucceed();
        Engine.Run("network", "reload", "lab").ShouldSucceed();
        device.OnPeer("ping", "-c", "1", "-w", "30", HostAddress).ShouldSucceed();
        Assert.Contains($"default via {HostDevice.Peer} dev {Bridge}", HostCommand.Shell("ip route").Stdout);

        Engine.Run("network", "uplink", "--remove", "lab", HostDevice.Name).ShouldSucceed();
        Assert.Equal(before, State());
        device.OnPeer("ping", "-c", "1", "-w", "30", HostAddress).ShouldSucceed();
        Engine.Run("rm", "-f", "zion").ShouldSucceed();
        Engine.Run("network", "rm", "lab").ShouldSucceed();
    }

    [Fact]
    public void A_switch_takes_the_hosts_device_and_the_host_keeps_its_address_as_its_neighbours_know_it()
    {
        Requires.Program("ovs-vswitchd");
        using var device = new HostDevice();
        using var ovs = new OpenVswitch(Scratch);
        ovs.AddSwitch("sw0");
        Engine.Variables["OVS_RUNDIR"] = ovs.RunDirectory;
        var before = State();
        device.OnPeer("ping", "-c", "1", "-w", "30", HostAddress).ShouldSucceed();
        Engine.Run("network", "uplink", "--move-ip", "sw0", HostDevice.Name).ShouldSucceed();
        Assert.Contains($"{HostAddress}/24", HostCommand.Shell("ip address show dev sw0").Stdout);
        Assert.Contains("02:00:00:00:09:01", HostCommand.Shell("ip link show dev sw0").Stdout);
        Assert.Contains(HostDevice.Name, ovs.Ports("sw0"));
        device.OnPeer("ping", "-c", "1", "-w", "30", HostAddress).ShouldSucceed();
        Engine.Run("run", "-d", "--name", "zion", "--net", "ovs:sw0,ip=192.0.2.77/24", "busybox", "sleep", "1000").ShouldSucceed();
        device.OnPeer("ping", "-c", "1", "-w", "30", "192.0.2.77").ShouldSucceed();
        HostCommand.Run("ping", "-c", "1", "-w", "30", "192.0.2.77").ShouldSucceed();

        ovs.RestartDaemon();
        device.OnPeer("ping", "-c", "1", "-w", "30", HostAddress).ShouldSucceed();
        Engine.Run("network", "uplink", "--remove", "sw0", HostDevice.Name).ShouldSucceed();
        Eventually.True(() => State() == before, "the switch has let go of the device");
        Assert.Equal("{}", ovs.Vsctl("get", "bridge", "sw0", "other_config").Text);
        device.OnPeer("ping", "-c", "1", "-w", "30", HostAddress).ShouldSucceed();
    }

    [Fact]
    public void One_that_is_cut_short_at_any_journal_record_is_taken_back_by_the_next_command()
    {
        using var device = new HostDevice();
        Engine.Run("network", "create", "lab").ShouldSucceed();
        var before = State();
        var record = 1;
        while (UplinkWithFault(record) != 0)
        {
            Engine.Run("network", "uplink", "--remove", "lab", HostDevice.Name);
            Assert.Equal(before, State());
            Assert.DoesNotContain(HostAddress, HostCommand.Shell($"ip address show dev {Bridge}").Stdout);
            Assert.True(++record < MaximumRecords, "it never got past its records");
        }

        Assert.True(record > 5, $"only {record - 1} records: the fault was not met");
        Engine.Run("network", "uplink", "--remove", "lab", HostDevice.Name).ShouldSucceed();
        Assert.Equal(before, State());
        Engine.Run("network", "rm", "lab").ShouldSucceed();
    }

    [Fact]
    public void What_would_cut_the_host_off_or_cannot_be_is_refused_and_changes_nothing()
    {
        using var device = new HostDevice();
        Engine.Run("network", "create", "lab").ShouldSucceed();
        var before = State();
        Refused("the host would lose 192.0.2.1/24", "lab", HostDevice.Name);
        Refused("ENODEV", "lab", "nosuch9");
        Refused("it cannot be a port", "lab", "lo");
        Engine.Variables["OVS_RUNDIR"] = Scratch;
        Refused("no such network, and Open vSwitch does not run", "nosuch", HostDevice.Name);
        Refused("it has no bridge", "host", HostDevice.Name);
        Assert.Contains("ENOENT (it is none)", Engine.Run("network", "uplink", "--remove", "lab", HostDevice.Name).ShouldExit(1).Stderr);

        // Half-way: the address is the bridge's already, which is seen only when it is to move.
        HostCommand.Shell($"ip address add {HostDevice.Address} dev {Bridge}");
        Refused("EEXIST", "--move-ip", "lab", HostDevice.Name);
        HostCommand.Shell($"ip address delete {HostDevice.Address} dev {Bridge}");
        Assert.Equal(before, State());

        Engine.Run("network", "uplink", "--move-ip", "lab", HostDevice.Name).ShouldSucceed();
        Refused("EEXIST (it is an uplink of lab already)", "--move-ip", "lab", HostDevice.Name);
        Engine.Run("network", "uplink", "--remove", "lab", HostDevice.Name).ShouldSucceed();
        Assert.Equal(before, State());
        Engine.Run("network", "rm", "lab").ShouldSucceed();

        void Refused(string told, params string[] arguments)
        {
            var error = Engine.Run(["network", "uplink", .. arguments]).ShouldExit(1).Stderr;
            Assert.Contains(told, error);
            Assert.Contains("hint: ", error);
        }
    }

    /// <inheritdoc/>
    protected override void TearDown()
    {
        base.TearDown();
        Engine.Variables.Remove("OVS_RUNDIR");
        Engine.Run("network", "prune", "-f");
        Engine.RunRm("busybox", "true");
    }

    private static string State() => HostDevice.State().Replace("proto static ", "") + HostCommand.Shell(
        $"ip -6 route show dev {HostDevice.Name} | sed 's/proto [a-z]* //' | grep -v fe80 | sort").Stdout;

    private int UplinkWithFault(int record)
    {
        Engine.Variables["MINIDOCK_FAULT_AT_RECORD"] = record.ToString(CultureInfo.InvariantCulture);
        try
        {
            return Engine.Run("network", "uplink", "--move-ip", "lab", HostDevice.Name).ExitCode;
        }
        finally
        {
            Engine.Variables.Remove("MINIDOCK_FAULT_AT_RECORD");
        }
    }
}
