using System.Globalization;
using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Network;

/// <summary><c>--net ovs:SWITCH</c> (CAPABILITIES row 25).</summary>
public sealed class OvsTests : LifeTest
{
    private const int MaximumRecords = 100;

    private readonly OpenVswitch _ovs;

    public OvsTests(MinidockFixture fixture)
        : base(fixture)
    {
        Requires.Program("ovs-vswitchd");
        _ovs = new OpenVswitch(Scratch);
        _ovs.AddSwitch("sw0");
        Engine.Variables["OVS_RUNDIR"] = _ovs.RunDirectory;
    }

    [Fact]
    public void Containers_on_one_switch_reach_each_other_within_their_vlan_only_and_their_ports_go_with_them()
    {
        Start("a", "ovs:sw0,ip=10.0.0.1/24,mac=02:00:00:00:00:0a,name=lan0,mtu=1400");
        Start("b", "ovs:sw0,ip=10.0.0.2/24");
        Start("c", "ovs:sw0,ip=10.0.0.3/24,vlan=7");
        Start("d", "ovs:sw0,ip=10.0.0.4/24,vlan=7");
        Reaches("b", "10.0.0.1");
        Reaches("c", "10.0.0.4");
        DoesNotReach("a", "10.0.0.3");
        DoesNotReach("d", "10.0.0.2");
        var link = Engine.Run("exec", "a", "ip", "link", "show", "lan0").ShouldSucceed().Stdout;
        Assert.Contains("02:00:00:00:00:0a", link);
        Assert.Contains("mtu 1400", link);
        Assert.Equal("10.0.0.1 lan0 02:00:00:00:00:0a", Inspect(
            "a", "{{with index .NetworkSettings.Networks \"ovs:sw0\"}}{{.IPAddress}} {{.Interface}} {{.MacAddress}}{{end}}"));

        Assert.Equal(4, _ovs.Ports("sw0").Length);
        var id = Inspect("c", "{{.Id}}");
        Assert.Equal("7", _ovs.Vsctl("--bare", "--columns=tag", "find", "port", $"external_ids:container_id={id}").Text);
        Engine.Run("rm", "-f", "c", "d").ShouldSucceed();
        Engine.Run("stop", "-t", "0", "a").ShouldSucceed();
        Engine.Run("kill", "b").ShouldSucceed();
        Eventually.True(() => _ovs.Ports("sw0").Length == 0, "no port is left");
    }

    [Fact]
    public void A_container_has_a_port_for_each_attachment_and_the_first_packet_passes()
    {
        _ovs.AddSwitch("sw1");
        Start("peer", "ovs:sw0,ip=10.0.0.1/24", "--net", "ovs:sw1,ip=10.0.1.1/24,vlan=3");
        var text = Engine.RunRm(
            "--cap-add", "NET_RAW", "--net", $"ovs:sw0,ip=10.0.0.2/24,gw=10.0.0.1,socket={_ovs.Socket}", "--net", "ovs:sw1,ip=10.0.1.2/24,vlan=3", "--net", "bridge",
            "busybox", "sh", "-c", "ping -c 1 -W 1 10.0.0.1 && ping -c 1 -W 1 10.0.1.1 && ip route").Stdout;
        Assert.Contains("default via 10.0.0.1 dev eth0", text);
        Assert.Matches("(?m)^10.0.1.0/24 dev eth1", text);
        Assert.Matches(@"(?m)^[0-9.]+/16 dev eth2", text);
        Assert.Single(_ovs.Ports("sw0"));
        Assert.Single(_ovs.Ports("sw1"));
    }

    [Fact]
    public void No_port_is_left_when_everything_was_killed()
    {
        Start("zion", "ovs:sw0,ip=10.0.0.1/24");
        var view = ContainerView.Of(Engine, "zion");
        var monitor = view.Proc("status").Split('\n').Single(l => l.StartsWith("PPid:", StringComparison.Ordinal))["PPid:".Length..].Trim();
        HostCommand.Run("kill", "-9", monitor, view.Pid.ToString(CultureInfo.InvariantCulture)).ShouldSucceed();
        Eventually.True(
            () =>
            {
                Engine.Run("ps", "-aq").ShouldSucceed();
                return _ovs.Ports("sw0").Length == 0;
            },
            "a later command takes the port away");
        Engine.Run("start", "zion").ShouldSucceed();
        Assert.Single(_ovs.Ports("sw0"));
    }

    [Fact]
    public void No_port_is_left_whichever_journal_record_the_engine_is_killed_after()
    {
        var record = 1;
        while (RunWithFault(record) != 0)
        {
            Engine.Run("ps", "-aq").ShouldSucceed();
            Assert.Empty(_ovs.Ports("sw0"));
            Assert.True(++record < MaximumRecords, "the run never got past its records");
        }

        Assert.True(record > 8, $"only {record - 1} records: the fault was not met");
        Assert.Empty(_ovs.Ports("sw0"));
    }

    [Fact]
    public void A_port_comes_to_a_running_container_is_there_after_a_restart_and_goes()
    {
        Start("peer", "ovs:sw0,ip=10.0.0.1/24,vlan=5");
        Start("zion", "bridge");
        Engine.Run("network", "connect", "--ip", "10.0.0.2/24", "--ifname", "eth2", "ovs:sw0,vlan=5", "zion").ShouldSucceed();
        Reaches("zion", "10.0.0.1");
        Engine.Run("restart", "-t", "0", "zion").ShouldSucceed();
        Reaches("zion", "10.0.0.1");
        Engine.Run("network", "disconnect", "ovs:sw0", "zion").ShouldSucceed();
        Assert.Single(_ovs.Ports("sw0"));
        Assert.DoesNotContain("eth2", Engine.Run("exec", "zion", "ip", "address").ShouldSucceed().Stdout);
    }

    [Fact]
    public void Rows_of_containers_whose_end_nobody_saw_go_with_the_next_port()
    {
        // As after a reboot: the run root is empty, the database is not.
        _ovs.Vsctl("--no-wait", "add-port", "sw0", "mdvold", "--", "set", "port", "mdvold",
            $"external_ids:minidock-run-root={Engine.RunRoot}", $"external_ids:container_id={new string('a', 64)}");
        _ovs.Vsctl("--no-wait", "add-port", "sw0", "mdvother", "--", "set", "port", "mdvother",
            "external_ids:minidock-run-root=/run/other", $"external_ids:container_id={new string('a', 64)}");
        Engine.RunRm("--net", "ovs:sw0", "busybox", "true");
        Assert.Equal(["mdvother"], _ovs.Ports("sw0"));
    }

    [Fact]
    public void Ports_work_again_after_the_switch_was_restarted_and_after_it_was_deleted_and_made_again()
    {
        Start("a", "ovs:sw0,ip=10.0.0.1/24,vlan=9");
        Start("b", "ovs:sw0,ip=10.0.0.2/24,vlan=9");
        _ovs.RestartDaemon();
        Reaches("a", "10.0.0.2");
        _ovs.Vsctl("del-br", "sw0");
        Assert.Contains("switch sw0: ENOENT", Engine.Run("network", "reload", "ovs:sw0").ShouldExit(1).Stderr);
        _ovs.AddSwitch("sw0");
        DoesNotReach("a", "10.0.0.2");
        Assert.Contains("ovs:sw0", Engine.Run("network", "reload").ShouldSucceed().Stdout);
        Reaches("a", "10.0.0.2");
        Assert.Equal(2, _ovs.Ports("sw0").Length);
        Engine.Run("rm", "-f", "a").ShouldSucceed();
        Assert.Single(_ovs.Ports("sw0"));
    }

    [Fact]
    public void A_made_network_has_a_switch_of_its_own_or_one_that_was_there_and_gives_addresses()
    {
        Engine.Run("network", "create", "-d", "ovs", "-o", "switch=lab0", "-o", "datapath=netdev", "--subnet", "10.77.0.0/24", "lab").ShouldSucceed();
        Engine.Run("network", "create", "-d", "ovs", "-o", "switch=sw0", "-o", "vlan=4", "--subnet", "10.78.0.0/24", "--gateway", "10.78.0.9", "there").ShouldSucceed();
        Start("a", "lab");
        Start("b", "ovs:lab", "--net", "there,ip=10.78.0.5");
        Assert.Equal("10.77.0.2", Inspect("a", "{{.NetworkSettings.Networks.lab.IPAddress}}"));
        Reaches("b", "10.77.0.2");
        Reaches("b", "a");
        Assert.DoesNotContain("default", Engine.Run("exec", "a", "ip", "route").ShouldSucceed().Stdout);
        Assert.Equal("4", _ovs.Vsctl("get", "port", _ovs.Ports("sw0").Single(), "tag").Text);
        Assert.Contains("default via 10.78.0.9", Engine.RunRm("--net", "there", "busybox", "ip", "route").Stdout);

        _ovs.Vsctl("del-br", "lab0");
        Engine.Run("network", "reload", "lab").ShouldSucceed();
        Reaches("b", "10.77.0.2");
        Assert.Contains("EBUSY (in use by a", Engine.Run("network", "rm", "lab").ShouldExit(1).Stderr);
        Engine.Run("rm", "-f", "a", "b").ShouldSucceed();
        Engine.Run("network", "rm", "lab", "there").ShouldSucceed();
        Assert.Equal(["sw0"], _ovs.Vsctl("list-br").Lines);
        Assert.Contains("ENOENT (it does not run)", Engine.Run("network", "create", "-d", "ovs", "-o", "socket=/nowhere", "lab").ShouldExit(1).Stderr);
    }

    [Fact]
    public void What_cannot_be_is_told()
    {
        Refused("ovs", "names no switch");
        Refused("ovs:nosuch", "switch nosuch: ENOENT (no such switch)");
        Refused("ovs:sw0,vlan=4095", "vlan 4095: EINVAL");
        Refused("ovs:sw0,ip=10.0.0.1", "not an address with a prefix");
        Refused("ovs:sw0,socket=db.sock", "not an absolute path");
        Refused("ovs:sw0,socket=/nowhere/db.sock", "open vswitch /nowhere/db.sock: ENOENT (it does not run)");

        void Refused(string network, string told) => Assert.Contains(told, Engine.Run("run", "--rm", "--net", network, "busybox", "true").ShouldExit(125).Stderr);
    }

    [Fact]
    public void A_switch_that_does_not_answer_hangs_nobody_and_what_was_left_goes_later()
    {
        Start("zion", "ovs:sw0");
        _ovs.Hang(true);
        Assert.Contains("ETIMEDOUT (the database gives no answer)", Engine.Run("run", "--rm", "--net", "ovs:sw0", "busybox", "true").ShouldExit(125).Stderr);
        Assert.Contains("ETIMEDOUT", Engine.Run("rm", "-f", "zion").Stderr + Engine.Run("ps", "-aq").Stderr);
        _ovs.Hang(false);
        Engine.Run("ps", "-aq").ShouldSucceed();
        Assert.Empty(_ovs.Ports("sw0"));

        _ovs.StopDaemon();
        Assert.Contains("ETIMEDOUT (ovs-vswitchd does not take it up)", Engine.Run("run", "--rm", "--net", "ovs:sw0", "busybox", "true").ShouldExit(125).Stderr);
        Assert.Empty(_ovs.Ports("sw0"));
    }

    /// <inheritdoc/>
    protected override void TearDown()
    {
        base.TearDown();
        _ovs.Dispose();
        Engine.Variables.Remove("OVS_RUNDIR");
    }

    private void Start(string name, string network, params string[] more) =>
        Engine.Run(["run", "-d", "--name", name, "--cap-add", "NET_RAW", "--net", network, .. more, "busybox", "sleep", "1000"]).ShouldSucceed();

    private void Reaches(string name, string address) => Engine.Run("exec", name, "ping", "-c", "1", "-W", "30", address).ShouldSucceed();

    private void DoesNotReach(string name, string address) => Engine.Run("exec", name, "ping", "-c", "2", "-W", "1", address).ShouldExit(1);

    private int RunWithFault(int record)
    {
        Engine.Variables["MINIDOCK_FAULT_AT_RECORD"] = record.ToString(CultureInfo.InvariantCulture);
        try
        {
            return Engine.Run("run", "--rm", "--net", "ovs:sw0,ip=10.0.0.1/24", "busybox", "true").ExitCode;
        }
        finally
        {
            Engine.Variables.Remove("MINIDOCK_FAULT_AT_RECORD");
        }
    }
}
