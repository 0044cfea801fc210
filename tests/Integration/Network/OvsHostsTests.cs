using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Network;

/// <summary>Two hosts, each with an engine and an Open vSwitch of its own, whose switches are linked by a cable: the uplink of each.</summary>
public sealed class OvsHostsTests(MinidockFixture fixture) : LifeTest(fixture)
{
    [Fact]
    public void Containers_of_two_hosts_reach_each_other_over_the_uplinks_of_their_switches_within_their_vlan_only()
    {
        Requires.Program("ovs-vswitchd");
        using var far = new FarHost(Scratch);
        using var ovs = new OpenVswitch(Scratch);
        ovs.AddSwitch("sw0");
        Engine.Variables["OVS_RUNDIR"] = ovs.RunDirectory;
        Engine.Run("network", "uplink", "sw0", FarHost.Cable).ShouldSucceed();
        far.Run("network", "uplink", "sw0", FarHost.Cable).ShouldSucceed();

        far.Run("run", "-d", "--name", "far", "--net", "ovs:sw0,ip=10.0.0.2/24,vlan=7", "busybox", "sleep", "1000").ShouldSucceed();
        var ping = new[] { "busybox", "ping", "-c", "1", "-W", "30", "10.0.0.2" };
        Engine.RunRm(["--cap-add", "NET_RAW", "--net", "ovs:sw0,ip=10.0.0.1/24,vlan=7", .. ping]);
        ping[^2] = "1";
        Engine.Run(["run", "--rm", "--cap-add", "NET_RAW", "--net", "ovs:sw0,ip=10.0.0.1/24,vlan=8", .. ping]).ShouldExit(1);

        Engine.Run("network", "uplink", "--remove", "sw0", FarHost.Cable).ShouldSucceed();
        Assert.Empty(ovs.Ports("sw0"));
        far.Run("rm", "-f", "far").ShouldSucceed();
    }

    /// <inheritdoc/>
    protected override void TearDown()
    {
        base.TearDown();
        Engine.Variables.Remove("OVS_RUNDIR");
    }

    private sealed class FarHost : IDisposable
    {
        public const string Cable = "cable0";

        private readonly string _name = $"far{Guid.NewGuid():n}"[..12];
        private readonly string _directory;
        private readonly OpenVswitch _ovs;

        public FarHost(string scratch)
        {
            HostCommand.Shell($"ip netns add {_name}; ip link add {Cable} type veth peer name {Cable} netns {_name}; ip -n {_name} link set lo up");
            _directory = Directory.CreateDirectory(Path.Combine(scratch, "far")).FullName;
            _ovs = new OpenVswitch(_directory, _name);
            _ovs.AddSwitch("sw0");
            Run("import", BusyboxTar.Path).ShouldSucceed();
        }

        public Outcome Run(params string[] arguments)
        {
            using var running = RunningCommand.Start(
                "ip",
                ["netns", "exec", _name, Minidock.Binary, "--root", Path.Combine(_directory, "root"), "--run-root", Path.Combine(_directory, "run"), .. arguments],
                environment: new Dictionary<string, string?> { ["OVS_RUNDIR"] = _ovs.RunDirectory });
            return running.Wait();
        }

        public void Dispose()
        {
            _ovs.Dispose();
            HostCommand.Shell($"ip link delete {Cable}; ip netns delete {_name}; rm -rf --one-file-system {_directory}");
        }
    }
}
