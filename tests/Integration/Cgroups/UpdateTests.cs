using System.Globalization;
using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Cgroups;

/// <summary>Limits that change while a container runs, on whichever version this host has (CAPABILITIES 32).</summary>
public sealed class UpdateTests(MinidockFixture fixture) : LifeTest(fixture)
{
    private const long Mebibyte = 1 << 20;

    private static readonly (string Flags, string Controller, string V1File, string V1, string V2File, string V2, string Field, string Inspected)[] Limits =
    [
        ("--mem 300M", "memory", "memory.limit_in_bytes", "314572800", "memory.max", "314572800", "Memory", "314572800"),
        ("--memory-reservation 50M", "memory", "memory.soft_limit_in_bytes", "52428800", "memory.low", "52428800", "MemoryReservation", "52428800"),
        ("--memory-swap 400M", "memory", "memory.memsw.limit_in_bytes", "419430400", "memory.swap.max", "104857600", "MemorySwap", "419430400"),
        ("--pids-limit 33", "pids", "pids.max", "33", "pids.max", "33", "PidsLimit", "33"),
        ("--cpu-quota 30000 --cpu-period 50000", "cpu", "cpu.cfs_period_us", "50000", "cpu.max", "30000 50000", "CpuQuota", "30000"),
        ("--cpu-burst 20000", "cpu", "cpu.cfs_burst_us", "20000", "cpu.max.burst", "20000", "CpuBurst", "20000"),
        IsV1
            ? ("--cgroup-conf memory.swappiness=7", "memory", "memory.swappiness", "7", "", "", "CgroupConf", "map[memory.swappiness:7]")
            : ("--cgroup-conf memory.oom.group=1 --memory-high 200M", "memory", "", "", "memory.high", "209715200", "CgroupConf", "map[memory.oom.group:1]"),
        ("--cpu-shares 512", "cpu", "cpu.shares", "512", "cpu.weight", "59", "CpuShares", "512"),
        ("--cpuset-cpus 0", "cpuset", "cpuset.cpus", "0", "cpuset.cpus", "0", "CpusetCpus", "0"),
        ("--cpuset-mems 0", "cpuset", "cpuset.mems", "0", "cpuset.mems", "0", "CpusetMems", "0"),
    ];

    private static bool IsV1 => !File.Exists("/sys/fs/cgroup/cgroup.controllers");

    [Fact]
    public void Each_limit_of_a_running_container_is_in_the_kernel_in_inspect_and_after_a_restart()
    {
        Run("zion", "busybox", "sleep", "1000");
        foreach (var limit in Limits)
        {
            Assert.Equal("zion", Engine.Run(["update", .. limit.Flags.Split(' '), "zion"]).ShouldSucceed().Text);
            Assert.Equal(IsV1 ? limit.V1 : limit.V2, Read("zion", limit.Controller, limit.V1File, limit.V2File));
        }

        var inspected = string.Join(' ', Limits.Select(l => $"{l.Field}={l.Inspected}"));
        var template = string.Join(' ', Limits.Select(l => $"{l.Field}={{{{.HostConfig.{l.Field}}}}}"));
        Assert.Equal(inspected, Inspect("zion", template));
        Engine.Run("restart", "-t", "0", "zion").ShouldSucceed();

        Assert.Equal(inspected, Inspect("zion", template));
        Assert.All(Limits, limit => Assert.Equal(IsV1 ? limit.V1 : limit.V2, Read("zion", limit.Controller, limit.V1File, limit.V2File)));
    }

    [Fact]
    public void Limits_are_lifted_and_swappiness_is_held()
    {
        Run("zion", "--pids-limit", "33", "--cpus", "0.5", "busybox", "sleep", "1000");
        Engine.Run("update", "--pids-limit", "-1", "--cpu-quota", "-1", "--memory-swappiness", "0", "zion").ShouldSucceed();

        Assert.Equal("max", Read("zion", "pids", "pids.max", "pids.max"));
        Assert.Equal(IsV1 ? "-1" : "max 100000", Read("zion", "cpu", "cpu.cfs_quota_us", "cpu.max"));
        Assert.Equal("0", Read("zion", "memory", "memory.swappiness", "memory.swap.max"));
    }

    [Fact]
    public void Memory_and_swap_grow_and_shrink_together_whatever_the_kernel_wants_first()
    {
        Run("zion", "--mem", "100M", "--memory-swap", "150M", "busybox", "sleep", "1000");
        foreach (var (memory, both) in ((int, int)[])[(200, 300), (50, 60), (60, 60), (300, 500)])
        {
            Engine.Run("update", "-m", $"{memory}M", "--memory-swap", $"{both}M", "zion").ShouldSucceed();
            Assert.Equal($"{memory * Mebibyte}", Read("zion", "memory", "memory.limit_in_bytes", "memory.max"));
            Assert.Equal($"{(IsV1 ? both : both - memory) * Mebibyte}", Read("zion", "memory", "memory.memsw.limit_in_bytes", "memory.swap.max"));
        }

        Engine.Run("update", "--memory-swap", "-1", "zion").ShouldSucceed();
        Assert.Equal(IsV1 ? "9223372036854771712" : "max", Read("zion", "memory", "memory.memsw.limit_in_bytes", "memory.swap.max"));
    }

    [Fact]
    public void A_value_that_is_refused_changes_nothing()
    {
        Run("zion", "--mem", "100M", "--memory-swap", "150M", "--memory-reservation", "50M", "busybox", "sleep", "1000");
        var before = Inspect("zion", "{{json .HostConfig}}");

        foreach (var (flags, says) in ((string, string)[])
            [
                ("--mem 200M", "give --memory-swap too"), ("--mem 1M", "the least is 6m"), ("--mem 40M", "give --memory-reservation too"),
                ("--pids-limit 20 --memory-swap 50M", "it is less than --memory"), ("--pids-limit 20 --cpus 1000", "processors of this host"),
                ("--pids-limit 20 --cpuset-cpus 4000", "this host has"), ("--pids-limit 20 --memory-swappiness 101", "100"),
                ("--pids-limit 20 --restart never", "not a policy"), ("--pids-limit 20 --device-read-bps /dev/null:1m", "not a block device"),
            ])
        {
            Assert.Contains(says, Engine.Run(["update", .. flags.Split(' '), "zion"]).ShouldExit(1).Stderr);
        }

        Assert.Equal(before, Inspect("zion", "{{json .HostConfig}}"));
        Assert.Equal("2048", Read("zion", "pids", "pids.max", "pids.max"));
        Assert.Equal($"{100 * Mebibyte}", Read("zion", "memory", "memory.limit_in_bytes", "memory.max"));
    }

    [Fact]
    public void A_value_that_the_kernel_refuses_takes_the_others_back()
    {
        Requires.CgroupV1("cpuset");
        var parent = $"minidock-test-{Environment.ProcessId}";
        Run("zion", "--cgroup-parent", parent, "busybox", "sleep", "1000");

        // Only now: a container is put into every hierarchy in which its parent lies when it starts.
        HostCommand.Shell($"cd /sys/fs/cgroup/cpuset; mkdir {parent}; cat cpuset.mems > {parent}/cpuset.mems; echo 0 > {parent}/cpuset.cpus").ShouldSucceed();
        try
        {
            var before = Inspect("zion", "{{json .HostConfig}}");

            var outcome = Engine.Run("update", "--pids-limit", "20", "--cpuset-cpus", "1", "zion").ShouldExit(1);

            Assert.Contains("cpuset.cpus", outcome.Stderr);
            Assert.Contains("hint: the parent group does not have these", outcome.Stderr);
            Assert.Equal("2048", Read("zion", "pids", "pids.max", "pids.max"));
            Assert.Equal(before, Inspect("zion", "{{json .HostConfig}}"));
            Assert.False(Directory.Exists($"/sys/fs/cgroup/cpuset/{parent}/{Inspect("zion", "{{.Id}}")}"));
            Engine.Run("rm", "-f", "zion").ShouldSucceed();
        }
        finally
        {
            HostCommand.Run("rmdir", $"/sys/fs/cgroup/cpuset/{parent}").ShouldSucceed();
        }
    }

    [Fact]
    public void Every_process_of_the_container_comes_under_a_limit_that_it_did_not_have()
    {
        Run("zion", "busybox", "sh", "-c", "sleep 1000 & sleep 1001 & wait");
        Engine.Run("exec", "-d", "zion", "sleep", "1002").ShouldSucceed();
        var view = ContainerView.Of(Engine, "zion");
        var count = int.Parse(Read("zion", "pids", "pids.current", "pids.current"), CultureInfo.InvariantCulture);

        Engine.Run("update", "--cpus", "0.5", "zion").ShouldSucceed();
        Engine.Run("exec", "-d", "zion", "sleep", "1003").ShouldSucceed();

        Assert.Equal(count + 1, File.ReadAllLines(Path.Combine(view.CgroupDirectory(IsV1 ? "cpu" : ""), "cgroup.procs")).Length);
        Engine.Run("update", "--cpuset-cpus", "0", "--cpus", "0.25", "zion").ShouldSucceed();
        Assert.Equal(IsV1 ? "25000" : "25000 100000", Read("zion", "cpu", "cpu.cfs_quota_us", "cpu.max"));
        Assert.Equal("0", Read("zion", "cpuset", "cpuset.cpus", "cpuset.cpus"));
    }

    [Fact]
    public void A_container_that_forks_all_the_time_comes_under_a_new_limit_whole()
    {
        Run("zion", "--pids-limit", "50", "busybox", "sh", "-c", "yes 1 | xargs -n 1 -P 40 sleep");
        Eventually.True(() => int.Parse(Read("zion", "pids", "pids.current", "pids.current"), CultureInfo.InvariantCulture) > 25, "it forks");

        Engine.Run("update", "--cpus", "0.5", "zion").ShouldSucceed();

        Assert.Equal(IsV1 ? "50000" : "50000 100000", Read("zion", "cpu", "cpu.cfs_quota_us", "cpu.max"));
        Engine.Run("rm", "-f", "zion").ShouldSucceed();
    }

    [Fact]
    public void A_paused_container_is_updated_too()
    {
        Run("zion", "busybox", "sleep", "1000");
        Engine.Run("pause", "zion").ShouldSucceed();

        Engine.Run("update", "--mem", "64M", "--cpus", "1", "zion").ShouldSucceed();

        Assert.Equal($"{64 * Mebibyte}", Read("zion", "memory", "memory.limit_in_bytes", "memory.max"));
        Assert.Equal("paused", Inspect("zion", "{{.State.Status}}"));
        Engine.Run("unpause", "zion").ShouldSucceed();
    }

    [Fact]
    public void Several_containers_are_updated_and_the_wrong_ones_told()
    {
        Run("zion", "busybox", "sleep", "1000");
        Engine.Run("create", "--net", "none", "--name", "moon", "busybox", "sleep", "1000").ShouldSucceed();

        var outcome = Engine.Run("update", "--pids-limit", "44", "zion", "nobody", "moon").ShouldExit(1);

        Assert.Equal(["zion", "moon"], outcome.Lines);
        Assert.Contains("nobody", outcome.Stderr);
        Engine.Run("start", "moon").ShouldSucceed();
        Assert.Equal("44", Read("zion", "pids", "pids.max", "pids.max"));
        Assert.Equal("44", Read("moon", "pids", "pids.max", "pids.max"));
        Assert.Contains("no limit was given", Engine.Run("update", "zion").ShouldExit(1).Stderr);
    }

    [Fact]
    public void A_restart_policy_that_is_given_later_holds_for_the_run_that_goes_on()
    {
        Run("zion", "busybox", "sleep", "1000");
        Engine.Run("update", "--restart", "on-failure:3", "zion").ShouldSucceed();
        Assert.Equal("on-failure 3", Inspect("zion", "{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.RestartPolicy.MaximumRetryCount}}"));
        var view = ContainerView.Of(Engine, "zion");

        HostCommand.Run("kill", "-9", $"{view.Pid}").ShouldSucceed();
        Eventually.True(() => int.Parse(Inspect("zion", "{{.State.Pid}}"), CultureInfo.InvariantCulture) is > 0 and var pid && pid != view.Pid, "it runs again");

        Run("brief", "--rm", "busybox", "sleep", "1000");
        Assert.Contains("made with --rm", Engine.Run("update", "--restart", "always", "brief").ShouldExit(1).Stderr);
    }

    [Fact]
    public void An_update_that_is_killed_anywhere_is_whole_or_taken_back_by_the_next()
    {
        Run("zion", "--mem", "100M", "busybox", "sleep", "1000");
        for (var record = 1; record < 10; record++)
        {
            Engine.Run("update", "--mem", "100M", "zion").ShouldSucceed();
            Engine.Variables["MINIDOCK_FAULT_AT_RECORD"] = $"{record}";
            var killed = Engine.Run("update", "--mem", "200M", "--cpus", $"0.{record}", "zion");
            Engine.Variables.Clear();
            Engine.Run("update", "--pids-limit", $"{100 + record}", "zion").ShouldSucceed();

            Assert.Equal(Inspect("zion", "{{.HostConfig.Memory}}"), Read("zion", "memory", "memory.limit_in_bytes", "memory.max"));
            if (killed.ExitCode == 0)
            {
                Assert.True(record > 4, "every step has an intent and a receipt");
                return;
            }
        }

        Assert.Fail("the update never came to its end");
    }

    [Fact]
    public void What_a_killed_update_has_begun_goes_with_the_container()
    {
        // Two records for each step; version 1 has one step more, for the group of the processor.
        for (var record = 1; record <= (IsV1 ? 6 : 4); record++)
        {
            Run("zion", "busybox", "sleep", "1000");
            Engine.Variables["MINIDOCK_FAULT_AT_RECORD"] = $"{record}";
            Engine.Run("update", "--mem", "200M", "--cpus", "0.5", "zion").ShouldExit(137);
            Engine.Variables.Clear();
            Engine.Run("stop", "-t", "0", "zion").ShouldSucceed();
            Assert.Equal("0", Inspect("zion", "{{.HostConfig.Memory}}"));
            Engine.Run("rm", "zion").ShouldSucceed();
        }
    }

    private string Read(string name, string controller, string v1, string v2) =>
        File.ReadAllText(Path.Combine(ContainerView.Of(Engine, name).CgroupDirectory(IsV1 ? controller : ""), IsV1 ? v1 : v2)).Trim();
}
