using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Cgroups;

namespace MiniDock.Tests.Unit.Cgroups;

public class V1CgroupProviderTests
{
    private static readonly CgroupLayout Full = Requests.V1("memory", "pids", "devices", "freezer", "cpu", "cpuacct", "cpuset", "blkio");
    private readonly V1CgroupProvider _provider = new();

    [Fact]
    public void A_container_without_limits_gets_the_groups_of_its_defaults_only()
    {
        var steps = _provider.PlanOf(Requests.Of(Full));

        Assert.Equal(["cgroup.create", "child.cgroup-join"], steps.Select(s => s.Id));
        Assert.Equal("memory=/cg/memory\npids=/cg/pids\ndevices=/cg/devices\nfreezer=/cg/freezer", steps[0].Arguments["mounts"]);
        Assert.Equal("minidock/" + new string('a', 64), steps[0].Arguments["path"]);
        Assert.Equal("own", steps[0].Arguments["parent"]);
    }

    [Fact]
    public void The_child_joins_by_the_tasks_file_of_every_group()
    {
        var join = _provider.PlanOf(Requests.Of(Full, new() { CpuShares = 512 }))[1];
        var files = join.Arguments["files"].Split('\n');

        Assert.Equal(ChildStepKinds.CgroupJoin, join.Kind);
        Assert.Equal(PlanPhase.Child, join.Phase);
        Assert.Contains($"/cg/cpu,cpuacct/minidock/{new string('a', 64)}/tasks", files);
        Assert.Equal(5, files.Length);
    }

    [Fact]
    public void Memory_is_written_before_memory_and_swap_which_is_twice_as_much_by_default() =>
        Assert.Equal(
            ["memory.limit_in_bytes=104857600", "memory.memsw.limit_in_bytes?=209715200"],
            Memory(new() { MemoryLimitBytes = 100 << 20 }));

    [Fact]
    public void Unlimited_swap_leaves_the_kernels_default() =>
        Assert.Equal(["memory.limit_in_bytes=104857600"], Memory(new() { MemoryLimitBytes = 100 << 20, MemorySwapBytes = -1 }));

    [Fact]
    public void All_memory_limits_have_their_file() =>
        Assert.Equal(
            ["memory.limit_in_bytes=104857600", "memory.memsw.limit_in_bytes=157286400", "memory.soft_limit_in_bytes=52428800", "memory.swappiness=0"],
            Memory(new() { MemoryLimitBytes = 100 << 20, MemorySwapBytes = 150 << 20, MemoryReservationBytes = 50 << 20, MemorySwappiness = 0 }));

    [Fact]
    public void Cpu_limits_have_their_files() =>
        Assert.Equal(
            ["cpu.cfs_period_us=50000", "cpu.cfs_quota_us=75000", "cpu.shares=512", "cpuset.cpus=0-1", "cpuset.mems=0"],
            _provider.WritesOf(Requests.Of(Full, new()
            {
                CpuPeriodMicroseconds = 50_000, CpuQuotaMicroseconds = 75_000, CpuShares = 512, CpusetCpus = "0-1", CpusetMems = "0",
            })).Where(w => w.StartsWith("cpu", StringComparison.Ordinal)));

    [Fact]
    public void What_version_1_alone_holds_has_its_files() =>
        Assert.Equal(
            ["memory.oom_control=1", "cpu.cfs_quota_us=50000", "cpu.cfs_burst_us=1000", "cpu.rt_period_us=500000", "cpu.rt_runtime_us=1000"],
            _provider.WritesOf(Requests.Of(Full, new()
            {
                OomKillDisable = true, CpuQuotaMicroseconds = 50_000, CpuBurstMicroseconds = 1000, CpuRealtimePeriodMicroseconds = 500_000, CpuRealtimeRuntimeMicroseconds = 1000,
            })).Where(w => w.StartsWith("memory", StringComparison.Ordinal) || w.StartsWith("cpu", StringComparison.Ordinal)));

    [Fact]
    public void A_file_that_the_user_named_brings_a_group_of_its_controller()
    {
        var step = _provider.PlanOf(Requests.Of(Requests.V1("memory", "net_cls"), new() { Unified = [new("net_cls.classid", "5"), new("memory.swappiness", "7")] }))[0];

        Assert.Equal("memory=/cg/memory\nnet_cls=/cg/net_cls", step.Arguments["mounts"]);
        Assert.Equal(["net_cls.classid=5", "memory.swappiness=7"], step.Arguments["writes"].Split('\n'));
    }

    [Fact]
    public void The_default_device_rules_follow_a_denial_of_all() =>
        Assert.Equal(
            [
                "devices.deny=a", "devices.allow=b *:* m", "devices.allow=c *:* m", "devices.allow=c 1:3 rwm", "devices.allow=c 1:5 rwm",
                "devices.allow=c 1:7 rwm", "devices.allow=c 1:8 rwm", "devices.allow=c 1:9 rwm", "devices.allow=c 5:0 rwm", "devices.allow=c 5:2 rwm",
                "devices.allow=c 136:* rwm",
            ],
            Devices(s => s));

    [Fact]
    public void A_given_device_adds_a_rule_of_its_number_and_access() =>
        Assert.Equal("devices.allow=c 1:11 r", Devices(s => s with { Devices = [new DeviceSpec("/dev/kmsg", "/dev/kmsg", "r")] })[^1]);

    [Fact]
    public void A_privileged_container_may_use_what_the_engine_may() => Assert.Empty(Devices(s => s with { Security = new SecuritySpec { Privileged = true } }));

    [Theory]
    [InlineData(null, 2048L)]
    [InlineData(100L, 100L)]
    public void The_pids_limit_is_written(long? asked, long written) =>
        Assert.Contains($"pids.max={written}", _provider.WritesOf(Requests.Of(Full, asked is null ? new() : new() { PidsLimit = asked })));

    [Fact]
    public void Unlimited_pids_write_nothing() =>
        Assert.DoesNotContain(_provider.WritesOf(Requests.Of(Full, new() { PidsLimit = -1 })), w => w.StartsWith("pids", StringComparison.Ordinal));

    [Theory]
    [InlineData("/cogsi/", "cogsi")]
    [InlineData("a/b", "a/b")]
    public void A_given_parent_is_taken_from_the_root_of_the_hierarchy(string given, string path)
    {
        var step = _provider.PlanOf(Requests.Of(Full, change: s => s with { CgroupParent = given }))[0];

        Assert.Equal($"{path}/{new string('a', 64)}", step.Arguments["path"]);
        Assert.Equal("given", step.Arguments["parent"]);
    }

    [Fact]
    public void A_defined_parent_that_is_missing_is_made_in_every_hierarchy_with_its_limits_and_so_is_the_container()
    {
        var request = Requests.Of(Full, change: s => s with { CgroupParent = "cogsi" }) with { ParentLimits = new() { MemoryLimitBytes = 7 << 20, MemorySwapBytes = -1, PidsLimit = null } };
        var steps = _provider.PlanOf(request);

        Assert.Equal(["cgroup.parent", "cgroup.create", "child.cgroup-join"], steps.Select(s => s.Id));
        Assert.Equal(("cogsi", "kept", "memory.limit_in_bytes=7340032"), (steps[0].Arguments["path"], steps[0].Arguments["parent"], steps[0].Arguments["writes"]));
        Assert.Equal(steps[0].Arguments["mounts"], steps[1].Arguments["mounts"]);
        Assert.Contains("cpuset=", steps[1].Arguments["mounts"]);
    }

    [Fact]
    public void A_second_root_has_a_parent_of_its_own()
    {
        var request = Requests.Of(Full) with { Paths = new EnginePaths("/srv/other", "/run/other") };

        Assert.StartsWith($"minidock-{request.Paths.InstanceTag}/", _provider.PlanOf(request)[0].Arguments["path"]);
    }

    [Fact]
    public void The_shell_line_shows_what_a_person_would_type()
    {
        var shell = _provider.PlanOf(Requests.Of(Full, new() { MemoryLimitBytes = 100 << 20 }))[0].Shell;

        Assert.StartsWith("mkdir -p /cg/memory/minidock/aaa", shell);
        Assert.Contains("echo 104857600 > /cg/memory/minidock/aaa", shell);
        Assert.Contains("echo 'b *:* m' > /cg/devices/minidock/aaa", shell);
    }

    [Fact]
    public void A_host_without_a_default_controller_runs_without_it_and_says_so()
    {
        var request = Requests.Of(Requests.V1("memory"));

        Assert.Empty(_provider.Validate(request));
        Assert.Equal(2, _provider.Notices(request).Count());
        Assert.Equal("memory=/cg/memory", _provider.PlanOf(request)[0].Arguments["mounts"]);
    }

    [Fact]
    public void Version_1_is_chosen_on_hybrid_hosts()
    {
        Assert.True(_provider.Supports(Requests.Of(Full).Host));
        Assert.False(_provider.Supports(Requests.Of(Requests.V2).Host));
    }

    private IEnumerable<string> Memory(ResourceLimits limits) =>
        _provider.WritesOf(Requests.Of(Full, limits)).Where(w => w.StartsWith("memory", StringComparison.Ordinal));

    private string[] Devices(Func<ContainerSpec, ContainerSpec> change) =>
        [.. _provider.WritesOf(Requests.Of(Full, change: change)).Where(w => w.StartsWith("devices", StringComparison.Ordinal))];
}
