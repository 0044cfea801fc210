using MiniDock.Abstractions.Providers;
using static MiniDock.Plugins.Cgroups.Reading.GroupNumbers;

namespace MiniDock.Plugins.Cgroups.Reading;

/// <summary>Reads a group of version 2 (cgroup-v2.rst).</summary>
/// <param name="directory">The group.</param>
internal sealed class V2Reading(string directory)
{
    private const long NanosecondsPerMicrosecond = 1000;

    /// <summary>What is used.</summary>
    public CgroupUsage Usage() => new()
    {
        CpuNanoseconds = Counter($"{directory}/cpu.stat", "usage_usec") * NanosecondsPerMicrosecond,
        MemoryBytes = WithoutCache(Read($"{directory}/memory.current"), Counter($"{directory}/memory.stat", "inactive_file")),
        MemoryLimitBytes = LimitNumber($"{directory}/memory.max"),
        Pids = Read($"{directory}/pids.current"),
        PidsLimit = LimitNumber($"{directory}/pids.max"),
        BlockReadBytes = Served("rbytes="),
        BlockWriteBytes = Served("wbytes="),
    };

    /// <summary>The limits, and how long processes wait for what is limited (psi.rst) where the kernel tells it.</summary>
    public IEnumerable<CgroupLimit> Limits()
    {
        if (Has("memory.max"))
        {
            var used = Text(Read($"{directory}/memory.current"));
            yield return Of("memory", "memory.max", used, CgroupLimitUnit.Bytes);
            if (Has("memory.swap.max"))
            {
                yield return Of("swap", "memory.swap.max", Text(Read($"{directory}/memory.swap.current")), CgroupLimitUnit.Bytes);
            }

            yield return Of("memory high", "memory.high", used, CgroupLimitUnit.Bytes);
            var reservation = Of("memory reservation", "memory.low", used, CgroupLimitUnit.Bytes);
            yield return reservation.Value == "0" ? reservation with { Value = null } : reservation;
        }

        if (Has("cpu.max"))
        {
            var value = CgroupFiles.TryRead($"{directory}/cpu.max");
            var used = Text(Counter($"{directory}/cpu.stat", "usage_usec") * NanosecondsPerMicrosecond);
            yield return new CgroupLimit("cpus", $"{directory}/cpu.max", value?.StartsWith("max", StringComparison.Ordinal) == true ? null : value, used, CgroupLimitUnit.Processors);
            if (Read($"{directory}/cpu.max.burst") is > 0)
            {
                yield return Of("cpu burst", "cpu.max.burst", null);
            }

            yield return Of("cpu weight", "cpu.weight", null);
        }

        if (Has("cpuset.cpus"))
        {
            yield return Of("cpuset cpus", "cpuset.cpus", CgroupFiles.TryRead($"{directory}/cpuset.cpus.effective"));
            yield return Of("cpuset mems", "cpuset.mems", CgroupFiles.TryRead($"{directory}/cpuset.mems.effective"));
        }

        if (Has("pids.max"))
        {
            yield return Of("pids", "pids.max", Text(Read($"{directory}/pids.current")));
        }

        foreach (var file in (string[])["io.bfq.weight", "io.weight", "io.max"])
        {
            if (CgroupFiles.TryRead($"{directory}/{file}") is { Length: > 0 } value)
            {
                yield return new CgroupLimit(file == "io.max" ? "io per device" : "io weight", $"{directory}/{file}", value.Replace('\n', ','), null);
            }
        }

        foreach (var limit in HugePages.Limits(directory, "max", "current"))
        {
            yield return limit;
        }

        foreach (var what in (string[])["cpu", "memory", "io"])
        {
            if (CgroupFiles.TryRead($"{directory}/{what}.pressure") is { Length: > 0 } pressure)
            {
                yield return new CgroupLimit($"{what} pressure", $"{directory}/{what}.pressure", "", pressure.Split('\n')[0]);
            }
        }
    }

    private bool Has(string file) => Linux.Files.Exists($"{directory}/{file}");

    private CgroupLimit Of(string name, string file, string? used, CgroupLimitUnit unit = CgroupLimitUnit.Plain) =>
        new(name, $"{directory}/{file}", Limit($"{directory}/{file}"), used, unit);

    // "8:0 rbytes=4096 wbytes=0 …"
    private long? Served(string key) => CgroupFiles.TryRead($"{directory}/io.stat")?.Split(' ', '\n')
        .Where(part => part.StartsWith(key, StringComparison.Ordinal)).Sum(part => long.TryParse(part.AsSpan(key.Length), out var bytes) ? bytes : 0);
}
