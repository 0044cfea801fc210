using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Cgroups;

/// <summary>A limit that cannot be held is an error before anything starts.</summary>
public sealed class LimitErrorTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    [Theory]
    [InlineData("--mem 1M", "--memory 1M", "6m")]
    [InlineData("--mem 100M --memory-swap 50M", "--memory-swap 50M", "memory and swap")]
    [InlineData("--memory-swap 50M", "--memory-swap 50M", "it needs --memory")]
    [InlineData("--memory-swappiness 101", "--memory-swappiness 101", "100")]
    [InlineData("--cpus 1000", "--cpus 1000", "this host")]
    [InlineData("--cpuset-cpus 4000", "--cpuset-cpus 4000", "this host has")]
    [InlineData("--pids-limit x", "--pids-limit x", "EINVAL")]
    [InlineData("--cgroup-parent a/../../b", "--cgroup-parent", "EINVAL")]
    [InlineData("--cgroup-parent cgroup.procs", "cgroup parent", "hint: ")]
    [InlineData("--cgroup-driver none --mem 100M", "limit --memory", "--cgroup-driver none")]
    [InlineData("--cgroup-driver systemd", "cgroup driver systemd: E", "use --cgroup-driver auto")]
    [InlineData("--cgroup-driver nonsense", "nonsense", "auto")]
    [InlineData("--device /dev/nowhere", "/dev/nowhere", "device")]
    [InlineData("--device-read-bps /dev/null:1mb", "/dev/null", "block device")]
    public void The_error_names_the_limit_and_what_helps(string flags, string what, string helps)
    {
        var outcome = Engine.Run(["run", "--rm", "--net", "none", .. flags.Split(' '), "busybox", "true"]).ShouldExit(125);

        Assert.Contains(what, outcome.Stderr);
        Assert.Contains(helps, outcome.Stderr);
        Assert.Equal("", outcome.Stdout);
    }

    [Fact]
    public void What_one_version_alone_holds_is_refused_on_the_other()
    {
        var isV1 = !File.Exists("/sys/fs/cgroup/cgroup.controllers");
        string[] flags = isV1 ? ["--memory-high", "50M"] : ["--oom-kill-disable", "--memory-swappiness", "50", "--cpu-rt-runtime", "1000"];
        var outcome = Engine.Run(["run", "--rm", "--net", "none", .. flags, "busybox", "true"]).ShouldExit(125);

        Assert.Equal(flags.Count(f => f.StartsWith("--", StringComparison.Ordinal)), outcome.Stderr.Split("EOPNOTSUPP").Length - 1);
        Assert.Contains("hint: leave ", outcome.Stderr);
    }

    [Fact]
    public void Without_control_groups_a_container_runs_and_the_missing_guards_are_said()
    {
        var outcome = Engine.RunRm("--net", "none", "--cgroup-driver", "none", "busybox", "echo", "ran");

        Assert.Equal("ran", outcome.Text);
        Assert.Contains("no pids controller", outcome.Stderr);
    }
}
