using MiniDock.Abstractions.Providers;
using static MiniDock.Plugins.Cgroups.Reading.GroupNumbers;

namespace MiniDock.Plugins.Cgroups.Reading;

/// <summary>Reads groups of version 1. A container has no group for what is neither limited nor counted: those numbers are null.</summary>
/// <param name="group">The directory that the group has, or would have, with the files of a controller; null where that is not mounted.</param>
internal sealed class V1Reading(Func<string, string?> group)
{
    private static readonly (string Name, string File)[] DeviceFiles =
    [
        ("device weight", "blkio.bfq.weight_device"), ("device read bps", "blkio.throttle.read_bps_device"), ("device write bps", "blkio.throttle.write_bps_device"),
        ("device read iops", "blkio.throttle.read_iops_device"), ("device write iops", "blkio.throttle.write_iops_device"),
    ];

    /// <summary>What is used.</summary>
    public CgroupUsage Usage()
    {
        var (memory, pids, blkio) = (group("memory"), group("pids"), group("blkio"));
        return new CgroupUsage
        {
            CpuNanoseconds = Read($"{group("cpuacct")}/cpuacct.usage"),
            MemoryBytes = WithoutCache(Read($"{memory}/memory.usage_in_bytes"), Counter($"{memory}/memory.stat", "total_inactive_file")),
            MemoryLimitBytes = LimitNumber($"{memory}/memory.limit_in_bytes"),
            Pids = Read($"{pids}/pids.current"),
            PidsLimit = LimitNumber($"{pids}/pids.max"),
            BlockReadBytes = Served(blkio, "Read"),
            BlockWriteBytes = Served(blkio, "Write"),
        };
    }

    /// <summary>The limits.</summary>
    public IEnumerable<CgroupLimit> Limits()
    {
        var (memory, cpu, cpuset, pids, blkio) = (group("memory"), group("cpu"), group("cpuset"), group("pids"), group("blkio"));
        var used = Text(Read($"{memory}/memory.usage_in_bytes"));
        yield return Of("memory", memory, "memory.limit_in_bytes", used, CgroupLimitUnit.Bytes);
        if (Linux.Files.Exists($"{memory}/memory.memsw.limit_in_bytes"))
        {
            yield return Of("memory and swap", memory, "memory.memsw.limit_in_bytes", Text(Read($"{memory}/memory.memsw.usage_in_bytes")), CgroupLimitUnit.Bytes);
        }

        yield return Of("memory reservation", memory, "memory.soft_limit_in_bytes", used, CgroupLimitUnit.Bytes);
        yield return Of("memory swappiness", memory, "memory.swappiness", null);
        if (Counter($"{memory}/memory.oom_control", "oom_kill_disable") == 1)
        {
            yield return new("oom kill", $"{memory}/memory.oom_control", "disabled", Counter($"{memory}/memory.oom_control", "under_oom") == 1 ? "waits for memory" : null);
        }

        var quota = Of("cpus", cpu, "cpu.cfs_quota_us", Text(Read($"{group("cpuacct")}/cpuacct.usage")), CgroupLimitUnit.Processors);
        yield return quota.Value is null ? quota : quota with { Value = $"{quota.Value} {CgroupFiles.TryRead($"{cpu}/cpu.cfs_period_us")}" };
        foreach (var (name, file) in ((string, string)[])[("cpu burst", "cpu.cfs_burst_us"), ("cpu real-time runtime", "cpu.rt_runtime_us")])
        {
            if (Read($"{cpu}/{file}") is > 0)
            {
                yield return Of(name, cpu, file, null);
            }
        }

        yield return Weight("cpu shares", cpu, "cpu.shares");
        yield return Of("cpuset cpus", cpuset, "cpuset.cpus", CgroupFiles.TryRead($"{cpuset}/cpuset.effective_cpus"));
        yield return Of("cpuset mems", cpuset, "cpuset.mems", CgroupFiles.TryRead($"{cpuset}/cpuset.effective_mems"));
        yield return Of("pids", pids, "pids.max", Text(Read($"{pids}/pids.current")));
        yield return Weight("blkio weight", blkio, Linux.Files.Exists($"{blkio}/blkio.weight") ? "blkio.weight" : "blkio.bfq.weight");
        foreach (var (name, file) in DeviceFiles)
        {
            if (Of(name, blkio, file, null) is { Value: { } devices } limit && devices.Contains(':'))
            {
                yield return limit with { Value = devices.Replace('\n', ',') };
            }
        }

        foreach (var limit in HugePages.Limits(group("hugetlb"), "limit_in_bytes", "usage_in_bytes"))
        {
            yield return limit;
        }
    }

    // Where the container has no group nothing limits it.
    private static CgroupLimit Of(string name, string? directory, string file, string? used, CgroupLimitUnit unit = CgroupLimitUnit.Plain) =>
        directory is null ? new(name, "", null, used, unit) : new(name, $"{directory}/{file}", Limit($"{directory}/{file}"), used, unit);

    // A weight is no limit: without one the container counts as any other.
    private static CgroupLimit Weight(string name, string? directory, string file) =>
        Of(name, directory, file, null) is { Value: { } value } set ? set with { Value = value.Split('\n')[0].Split(' ')[^1] } : new(name, "", "", null);

    // "8:0 Read 4096"; the group and all below it.
    private static long? Served(string? directory, string kind) =>
        (CgroupFiles.TryRead($"{directory}/blkio.throttle.io_service_bytes_recursive") ?? CgroupFiles.TryRead($"{directory}/blkio.throttle.io_service_bytes"))
            ?.Split('\n').Select(line => line.Split(' ')).Where(parts => parts.Length == 3 && parts[1] == kind)
            .Sum(parts => long.TryParse(parts[2], out var bytes) ? bytes : 0);
}
