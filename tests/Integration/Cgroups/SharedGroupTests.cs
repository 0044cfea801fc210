using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Cgroups;

/// <summary>One limit over several containers (CAPABILITIES 30): groups that are made with limits of their own, and parents that nobody has defined.</summary>
public sealed class SharedGroupTests(MinidockFixture fixture) : LifeTest(fixture)
{
    private readonly string _group = $"minidock-test-{Environment.ProcessId}/cogsi";

    private static bool IsV1 => !File.Exists("/sys/fs/cgroup/cgroup.controllers");

    [Fact]
    public void Containers_share_the_limits_of_a_group_that_can_change_while_they_run_and_outlives_them()
    {
        Engine.Run("cgroup", "create", "--mem", "64M", "--memory-swap", "64M", _group).ShouldSucceed();
        Assert.Contains("EEXIST", Engine.Run("cgroup", "create", _group).ShouldExit(1).Stderr);
        Run("zion", "--cgroup-parent", _group, "busybox", "sleep", "1000");
        Assert.Equal($"{_group} zion", Engine.Run("cgroup", "ls", "--format", "{{.Path}} {{.Containers}}").ShouldSucceed().Text);

        // Its own limit would allow it: the group's does not.
        Engine.Run("run", "--rm", "--net", "none", "--mem", "400M", "--cgroup-parent", "/" + _group, "busybox", "dd", "if=/dev/zero", "of=/dev/null", "bs=100M", "count=1").ShouldExit(137);

        // A controller that neither the group nor the container had a limit in.
        Engine.Run("cgroup", "update", "--mem", "96M", "--memory-swap", "96M", "--cpus", "0.5", _group).ShouldSucceed();
        Assert.Equal("100663296", Read("memory", "memory.limit_in_bytes", "memory.max"));
        Assert.Equal(IsV1 ? "50000" : "50000 100000", Read("cpu", "cpu.cfs_quota_us", "cpu.max"));
        Assert.Equal(Group("cpu"), Path.GetDirectoryName(ContainerView.Of(Engine, "zion").CgroupDirectory(IsV1 ? "cpu" : "")));
        Assert.Contains("memory 96MiB", Engine.Run("cgroup", "limits", "--format", "{{.Name}} {{.Value}}", _group).ShouldSucceed().Text);

        var before = Engine.Run("cgroup", "limits", "--format", "{{.Name}} {{.Value}}", _group).ShouldSucceed().Text;
        Assert.Contains("this host has", Engine.Run("cgroup", "update", "--pids-limit", "5", "--cpuset-cpus", "4000", _group).ShouldExit(1).Stderr);
        Assert.Equal(before, Engine.Run("cgroup", "limits", "--format", "{{.Name}} {{.Value}}", _group).ShouldSucceed().Text);

        Assert.Contains("containers run in it: zion", Engine.Run("cgroup", "rm", _group).ShouldExit(1).Stderr);
        Engine.Run("rm", "-f", "zion").ShouldSucceed();
        Assert.True(Directory.Exists(Group("memory")));
        Remove();
    }

    [Fact]
    public void A_group_that_a_reboot_took_is_made_again_with_its_limits_by_the_next_container()
    {
        Engine.Run("cgroup", "create", "--mem", "64M", "--pids-limit", "33", _group).ShouldSucceed();
        HostCommand.Shell(IsV1 ? $"rmdir /sys/fs/cgroup/*/{_group}" : $"rmdir /sys/fs/cgroup/{_group}").ShouldSucceed();
        Assert.Contains("the next container in it makes it", Engine.Run("cgroup", "limits", _group).ShouldExit(1).Stderr);

        Engine.RunRm("--net", "none", "--cgroup-parent", _group, "busybox", "true");
        Assert.Equal("67108864", Read("memory", "memory.limit_in_bytes", "memory.max"));
        Assert.Equal("33", Read("pids", "pids.max", "pids.max"));
        Remove();
    }

    [Fact]
    public void A_parent_that_nobody_defined_goes_with_its_last_container_whoever_made_it()
    {
        Run("first", "--cgroup-parent", _group, "busybox", "sleep", "1000");
        Run("second", "--cgroup-parent", _group, "busybox", "sleep", "1000");
        Engine.Run("rm", "-f", "first").ShouldSucceed();
        Assert.True(Directory.Exists(Group("memory")));

        Engine.Run("rm", "-f", "second").ShouldSucceed();
        Assert.False(Directory.Exists(Path.GetDirectoryName(Group("memory"))));
    }

    [Fact]
    public void A_group_that_cannot_be_made_leaves_nothing()
    {
        Assert.Contains("EINVAL", Engine.Run("cgroup", "create", "a/../b").ShouldExit(1).Stderr);
        Assert.Contains("hint: leave", Engine.Run(["cgroup", "create", .. (string[])(IsV1 ? ["--memory-high", "50M"] : ["--oom-kill-disable"]), _group]).ShouldExit(1).Stderr);
        Assert.Contains("ENOENT", Engine.Run("cgroup", "create", "--cgroup-conf", "memory.nothing=1", _group).ShouldExit(1).Stderr);
        Assert.Contains("no such group", Engine.Run("cgroup", "update", "--mem", "50M", _group).ShouldExit(1).Stderr);
        Assert.Contains("no such group", Engine.Run("cgroup", "rm", _group).ShouldExit(1).Stderr);
        Assert.Equal("", Engine.Run("cgroup", "ls", "-q").ShouldSucceed().Text);
        Assert.False(Directory.Exists(Path.GetDirectoryName(Group("memory"))));
    }

    private string Group(string controller) => $"/sys/fs/cgroup/{(IsV1 ? controller + "/" : "")}{_group}";

    private string Read(string controller, string v1, string v2) => File.ReadAllText(Path.Combine(Group(controller), IsV1 ? v1 : v2)).Trim();

    private void Remove()
    {
        Engine.Run("cgroup", "rm", _group).ShouldSucceed();
        Assert.False(Directory.Exists(Path.GetDirectoryName(Group("memory"))));
    }
}
