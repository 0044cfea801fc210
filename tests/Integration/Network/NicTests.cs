using System.Globalization;
using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Network;

/// <summary><c>--net nic:DEV</c> (CAPABILITIES row 24).</summary>
public sealed class NicTests(MinidockFixture fixture) : LifeTest(fixture)
{
    private const int MaximumRecords = 100;
    private const string Spec = $"nic:{HostDevice.Name},ip={HostDevice.Address}";

    [Fact]
    public void The_device_is_the_containers_and_then_the_hosts_again_with_all_that_it_had()
    {
        using var device = new HostDevice();
        var before = HostDevice.State();
        using var run = Engine.Start(
            "run", "--rm", "-i", "--cap-add", "NET_RAW", "--net", $"{Spec},name=lan0,mac=02:00:00:00:09:99,mtu=1300,gw={HostDevice.Peer}", "busybox",
            "sh", "-c", $"ping -c 1 -w 30 {HostDevice.Peer} && ip address show lan0 && ip route && echo ready && cat");
        run.WaitForOutput("ready");
        Assert.Contains("02:00:00:00:09:99", run.Stdout);
        Assert.Contains("mtu 1300", run.Stdout);
        Assert.Contains($"default via {HostDevice.Peer} dev lan0", run.Stdout);
        Assert.False(HostDevice.IsOnHost);
        run.CloseStdin();
        run.Wait().ShouldSucceed();
        Assert.Equal(before, HostDevice.State());
    }

    [Fact]
    public void It_comes_back_when_everything_was_killed()
    {
        using var device = new HostDevice();
        var before = HostDevice.State();
        Engine.Run("run", "-d", "--cap-add", "NET_RAW", "--name", "zion", "--net", Spec, "busybox", "sleep", "1000").ShouldSucceed();
        var view = ContainerView.Of(Engine, "zion");
        var monitor = view.Proc("status").Split('\n').Single(l => l.StartsWith("PPid:", StringComparison.Ordinal))["PPid:".Length..].Trim();
        HostCommand.Run("kill", "-9", monitor, view.Pid.ToString(CultureInfo.InvariantCulture)).ShouldSucceed();

        Eventually.True(
            () =>
            {
                Engine.Run("ps", "-aq").ShouldSucceed();
                return HostDevice.IsOnHost;
            },
            "a later command gives it back");
        Assert.Equal(before, HostDevice.State());
        Engine.Run("start", "zion").ShouldSucceed();
        Engine.Run("exec", "zion", "ping", "-c", "1", "-w", "30", HostDevice.Peer).ShouldSucceed();
        Engine.Run("rm", "-f", "zion").ShouldSucceed();
        Assert.Equal(before, HostDevice.State());
    }

    [Fact]
    public void It_comes_back_whichever_journal_record_the_engine_is_killed_after()
    {
        using var device = new HostDevice();
        var before = HostDevice.State();
        var record = 1;
        while (RunWithFault(record) != 0)
        {
            Engine.Run("ps", "-aq").ShouldSucceed();
            Assert.Equal(before, HostDevice.State());
            Assert.True(++record < MaximumRecords, "the run never got past its records");
        }

        Assert.True(record > 8, $"only {record - 1} records: the fault was not met");
        Assert.Equal(before, HostDevice.State());
    }

    [Fact]
    public void A_name_that_was_taken_meanwhile_is_told_and_the_device_comes_back_once_it_is_free()
    {
        using var device = new HostDevice();
        var before = HostDevice.State();
        Engine.Run("run", "-d", "--cap-add", "NET_RAW", "--name", "zion", "--net", Spec, "busybox", "sleep", "1000").ShouldSucceed();
        HostCommand.Run("ip", "link", "add", HostDevice.Name, "type", "bridge").ShouldSucceed();
        var told = Engine.Run("rm", "-f", "zion").Stderr + Engine.Run("ps", "-aq").Stderr;
        Assert.Contains($"give back device {HostDevice.Name}: EEXIST", told);
        HostCommand.Run("ip", "link", "delete", HostDevice.Name).ShouldSucceed();
        Engine.Run("ps", "-aq").ShouldSucceed();
        Assert.Equal(before, HostDevice.State());
    }

    [Fact]
    public void Beside_a_bridge_the_first_has_the_default_route_and_each_its_own_interface()
    {
        using var device = new HostDevice();
        var text = Engine.RunRm("--cap-add", "NET_RAW", "--net", "bridge", "--net", Spec + $",gw={HostDevice.Peer}", "busybox", "sh", "-c", $"ip route; ping -c 1 -w 30 {HostDevice.Peer}").Stdout;
        Assert.Matches("(?m)^default via [0-9.]+ dev eth0", text);
        Assert.Matches(@"(?m)^192\.0\.2\.0/24 dev eth1", text);
        text = Engine.RunRm("--net", "bridge", "--net", Spec + $",gw={HostDevice.Peer},default=true", "busybox", "ip", "route").Stdout;
        Assert.Contains($"default via {HostDevice.Peer} dev eth1", text);
    }

    [Theory]
    [InlineData("nic", "names no device")]
    [InlineData("nic:nosuch9", "ENODEV")]
    [InlineData("nic:lo", "EINVAL")]
    [InlineData("nic:lo,ip=10.0.0.1", "not an address with a prefix")]
    public void A_device_that_cannot_be_had_is_told(string network, string told)
    {
        var outcome = Engine.Run("run", "--rm", "--net", network, "busybox", "true").ShouldExit(125);
        Assert.Contains(told, outcome.Stderr);
        Assert.Contains("hint: ", outcome.Stderr);
    }

    private int RunWithFault(int record)
    {
        Engine.Variables["MINIDOCK_FAULT_AT_RECORD"] = record.ToString(CultureInfo.InvariantCulture);
        try
        {
            return Engine.Run("run", "--rm", "--net", Spec, "busybox", "true").ExitCode;
        }
        finally
        {
            Engine.Variables.Remove("MINIDOCK_FAULT_AT_RECORD");
        }
    }
}
