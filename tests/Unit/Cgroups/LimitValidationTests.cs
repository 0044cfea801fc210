using MiniDock.Abstractions.Model;
using MiniDock.Plugins.Cgroups;
using MiniDock.Plugins.Cgroups.Controllers;

namespace MiniDock.Tests.Unit.Cgroups;

public class LimitValidationTests
{
    private const long Mebibyte = 1 << 20;

    public static TheoryData<ResourceLimits, string> Mistakes => new()
    {
        { new() { MemoryLimitBytes = 5 * Mebibyte }, "less than 6 MiB" },
        { new() { MemorySwapBytes = 50 * Mebibyte }, "needs a memory limit" },
        { new() { MemoryLimitBytes = 50 * Mebibyte, MemorySwapBytes = 40 * Mebibyte }, "less than the memory limit" },
        { new() { MemoryLimitBytes = 50 * Mebibyte, MemoryReservationBytes = 60 * Mebibyte }, "more than the memory limit" },
        { new() { MemorySwappiness = 101 }, "swappiness 101" },
        { new() { MemorySwappiness = -1 }, "swappiness -1" },
        { new() { CpuQuotaMicroseconds = 999 }, "cpu quota 999" },
        { new() { CpuQuotaMicroseconds = 200_001 }, "this host has 2" },
        { new() { CpuPeriodMicroseconds = 10 }, "cpu period 10" },
        { new() { CpuShares = 1 }, "cpu shares 1" },
        { new() { CpusetCpus = "x" }, "not a list" },
        { new() { CpusetCpus = "3-1" }, "not a list" },
        { new() { PidsLimit = -2 }, "pids limit -2" },
        { new() { BlkioWeight = 9 }, "blkio weight 9" },
        { new() { BlkioDevices = [new("/dev/null", "read-bps", 1)] }, "not a block device" },
        { new() { BlkioDevices = [new("/nowhere", "read-bps", 1)] }, "/nowhere: ENOENT" },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void A_value_out_of_range_is_named_before_anything_starts(ResourceLimits limits, string part) =>
        Assert.Contains(part, Assert.Single(new V2CgroupProvider().Validate(Requests.Of(Requests.V2, limits))).Message);

    /// <summary>What only one version holds, or neither.</summary>
    public static TheoryData<ResourceLimits, string?, string?> Versions => new()
    {
        { new() { MemoryHighBytes = 1 }, "cannot slow a group down", null },
        { new() { OomKillDisable = true }, null, "always ends a process" },
        { new() { MemorySwappiness = 10 }, null, "no swappiness per group" },
        { new() { CpuRealtimeRuntimeMicroseconds = 1 }, "CONFIG_RT_GROUP_SCHED", "no budget for real-time" },
        { new() { CpuQuotaMicroseconds = 1000, CpuBurstMicroseconds = 1001 }, "more than the quota", "more than the quota" },
        { new() { HugepageLimits = [new("3MB", 1)] }, "none of that size", "none of that size" },
        { new() { Unified = [new("cgroup.max.depth", "1")] }, "the engine writes that file itself", null },
        { new() { Unified = [new("cgroup.procs", "1")] }, "the engine writes that file itself", "the engine writes that file itself" },
        { new() { Unified = [new("devices.allow", "a")] }, "flags of their own", "flags of their own" },
        { new() { Unified = [new("freezer.state", "FROZEN")] }, "minidock pause", "minidock pause" },
        { new() { Unified = [new("memory/../x.y", "1")] }, "not the name", "not the name" },
        { new() { Unified = [new("tasks", "1")] }, "not the name", "not the name" },
        { new() { Unified = [new("misc.max", "1")] }, "no misc controller", "no misc controller" },
    };

    [Theory]
    [MemberData(nameof(Versions), DisableDiscoveryEnumeration = true)]
    public void Each_version_names_what_it_cannot_hold(ResourceLimits limits, string? v1, string? v2)
    {
        var old = new V1CgroupProvider().Validate(Requests.Of(Requests.V1("memory", "pids", "cpu", "blkio"), limits)).ToList();
        var unified = new V2CgroupProvider().Validate(Requests.Of(Requests.V2, limits)).ToList();

        foreach (var (problems, expected) in ((List<Abstractions.Providers.Problem>, string?)[])[(old, v1), (unified, v2)])
        {
            if (expected is null)
            {
                Assert.Empty(problems);
            }
            else
            {
                var problem = Assert.Single(problems);
                Assert.Contains(expected, problem.Message + problem.Hint);
                Assert.NotNull(problem.Hint);
            }
        }

        Assert.NotEmpty(new NoCgroupProvider().Validate(Requests.Of(Requests.None, limits)));
    }

    [Fact]
    public void All_mistakes_are_named_at_once() =>
        Assert.Equal(3, new V2CgroupProvider().Validate(Requests.Of(Requests.V2, new() { MemoryLimitBytes = 1, CpuShares = 1, PidsLimit = -5 })).Count());

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("a/../b")]
    [InlineData("a//b")]
    [InlineData("a\nb")]
    [InlineData("cgroup.procs")]
    [InlineData("tasks")]
    public void A_parent_that_is_no_path_of_a_group_is_refused(string parent) =>
        Assert.Contains("EINVAL", Assert.Single(new V2CgroupProvider().Validate(Requests.Of(Requests.V2, change: s => s with { CgroupParent = parent }))).Message);

    [Theory]
    [InlineData("/nowhere", "rwm", "ENOENT")]
    [InlineData("/etc/passwd", "rwm", "not a device node")]
    [InlineData("/dev/null", "x", "access 'x'")]
    public void A_device_that_is_none_is_refused(string source, string access, string part) =>
        Assert.Contains(
            part,
            Assert.Single(new V2CgroupProvider().Validate(Requests.Of(Requests.V2, change: s => s with { Devices = [new(source, source, access)] }))).Message);

    [Fact]
    public void Without_control_groups_only_defaults_are_accepted()
    {
        Assert.Empty(new NoCgroupProvider().Validate(Requests.Of(Requests.None)));
        Assert.Equal(2, new NoCgroupProvider().Notices(Requests.Of(Requests.None)).Count());
        var problem = Assert.Single(new NoCgroupProvider().Validate(Requests.Of(Requests.None, new() { MemoryLimitBytes = 100 * Mebibyte })));
        Assert.Contains("mount -t cgroup2", problem.Hint);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1024, 100)]
    [InlineData(262_144, 10_000)]
    public void Shares_and_weights_meet_at_their_ends_and_defaults(long shares, long weight) => Assert.Equal(weight, CpuController.Weight(shares));

    [Theory]
    [InlineData("memory.limit_in_bytes=1")]
    [InlineData("memory.memsw.limit_in_bytes?=2\ndevices.allow=c 136:* rwm\nio.bfq.weight|io.weight=10")]
    public void Writes_survive_the_journal(string lines) => Assert.Equal(lines, CgroupWrite.Encode(CgroupWrite.Decode(lines)));
}
