using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Cgroups;

/// <summary>Limits of whole containers, seen from outside (CAPABILITIES 17, 28 to 30, 40; SECURITY C4).</summary>
public sealed class LimitTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    private const string EatsMemory = "dd if=/dev/zero of=/dev/null bs=300M count=1";

    private static bool IsV1 => !File.Exists("/sys/fs/cgroup/cgroup.controllers");

    [Fact]
    public void A_container_that_needs_more_than_its_memory_is_killed_and_inspect_says_so()
    {
        Engine.Run("run", "--name", "hungry", "--net", "none", "--mem", "100M", "busybox", "sh", "-c", EatsMemory).ShouldExit(137);

        Assert.Equal("true 137", Engine.Run("inspect", "-f", "{{.State.OOMKilled}} {{.State.ExitCode}}", "hungry").ShouldSucceed().Text);
        Engine.Run("rm", "hungry").ShouldSucceed();
    }

    [Fact]
    public void A_container_that_ends_well_was_not_killed_for_memory()
    {
        Engine.Run("run", "--name", "modest", "--net", "none", "--mem", "100M", "busybox", "true").ShouldSucceed();

        Assert.Equal("false", Engine.Run("inspect", "-f", "{{.State.OOMKilled}}", "modest").ShouldSucceed().Text);
        Engine.Run("rm", "modest").ShouldSucceed();
    }

    [Fact]
    public void Limits_are_seen_in_the_groups_of_a_running_container()
    {
        using var run = Engine.Start(
            "run", "--rm", "-i", "--name", "limited", "--net", "none", "--mem", "100M", "--memory-swap", "150M", "--cpus", "0.5", "--pids-limit", "33",
            "busybox", "cat");
        var container = ContainerView.Of(Engine, "limited");

        Assert.Equal("104857600", Read(container, "memory", "memory.limit_in_bytes", "memory.max"));
        Assert.Equal("33", Read(container, "pids", "pids.max", "pids.max"));
        Assert.Equal(IsV1 ? "50000" : "50000 100000", Read(container, "cpu", "cpu.cfs_quota_us", "cpu.max"));
        if (IsV1)
        {
            Assert.Equal("157286400", Read(container, "memory", "memory.memsw.limit_in_bytes", ""));
        }
        else
        {
            Assert.Equal("52428800", Read(container, "", "", "memory.swap.max"));
        }

        run.CloseStdin();
        run.Wait().ShouldSucceed();
    }

    [Fact]
    public void Swappiness_0_is_held_on_either_version_and_a_substitution_is_said()
    {
        using var run = Engine.Start("run", "--rm", "-i", "--name", "unswapped", "--net", "none", "--memory-swappiness", "0", "busybox", "cat");
        Assert.Equal("0", Read(ContainerView.Of(Engine, "unswapped"), "memory", "memory.swappiness", "memory.swap.max"));
        run.CloseStdin();

        var outcome = run.Wait().ShouldSucceed();
        Assert.Equal(!IsV1, outcome.Stderr.Contains("memory.swap.max=0", StringComparison.Ordinal));
    }

    [Fact]
    public void One_limit_on_a_parent_holds_for_all_containers_below_it()
    {
        var parent = $"minidock-test-{Environment.ProcessId}";
        var directory = Path.Combine(IsV1 ? "/sys/fs/cgroup/memory" : "/sys/fs/cgroup", parent);
        HostCommand.Shell($"{(IsV1 ? "" : "echo +memory > /sys/fs/cgroup/cgroup.subtree_control; ")}mkdir {directory}");
        try
        {
            HostCommand.Shell(IsV1
                ? $"cd {directory}; echo 64M > memory.limit_in_bytes; echo 64M > memory.memsw.limit_in_bytes"
                : $"cd {directory}; echo 64M > memory.max; echo 0 > memory.swap.max");
            using var first = Engine.Start("run", "--rm", "-i", "--name", "cogsi1", "--net", "none", "--cgroup-parent", parent, "busybox", "cat");
            var inside = ContainerView.Of(Engine, "cogsi1").CgroupDirectory(IsV1 ? "memory" : "");
            Assert.Equal(directory, Path.GetDirectoryName(inside));

            Engine.Run("run", "--rm", "--net", "none", "--cgroup-parent", "/" + parent, "busybox", "sh", "-c", EatsMemory).ShouldExit(137);
            first.CloseStdin();
            first.Wait().ShouldSucceed();
            Assert.True(Directory.Exists(directory));
        }
        finally
        {
            HostCommand.Run("rmdir", directory).ShouldSucceed();
        }
    }

    [Fact]
    public void The_limit_of_processes_holds_inside()
    {
        var outcome = Engine.Run(
            "run", "--rm", "--net", "none", "--pids-limit", "10", "busybox", "sh", "-c", "i=0; while [ $i -lt 20 ]; do sleep 100 & i=$((i + 1)); done");

        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("fork", outcome.Stderr);
    }

    [Fact]
    public void The_container_sees_its_own_group_as_the_root()
    {
        var lines = Engine.RunRm("--net", "none", "busybox", "cat", "/proc/self/cgroup").Lines;
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.EndsWith(":/", line));
    }

    [Fact]
    public void A_device_of_the_profile_can_be_read_and_another_one_not()
    {
        Engine.RunRm("--net", "none", "busybox", "sh", "-c", "head -c1 /dev/urandom > /dev/null");
        var outcome = Engine.Run(
            "run", "--rm", "--net", "none", "--cap-add", "MKNOD", "busybox", "sh", "-c", "mknod /node c 1 11 && head -c1 /node");
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("Operation not permitted", outcome.Stderr);
    }

    [Fact]
    public void A_given_device_can_be_used_as_it_was_given()
    {
        Requires.KernelFile("/dev/loop-control", "loop devices");
        string[] run = ["run", "--rm", "--net", "none", "--device", "/dev/loop-control:/dev/control:r", "busybox", "sh", "-c"];

        Engine.Run([.. run, "exec 3< /dev/control"]).ShouldSucceed();
        Assert.Contains("Operation not permitted", Engine.Run([.. run, "exec 3> /dev/control"]).ShouldExit(1).Stderr);
    }

    private static string Read(ContainerView container, string controller, string v1, string v2) =>
        File.ReadAllText(Path.Combine(container.CgroupDirectory(IsV1 ? controller : ""), IsV1 ? v1 : v2)).Trim();
}
