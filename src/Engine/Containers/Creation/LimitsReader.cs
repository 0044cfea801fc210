using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads the limits on memory, processors, processes and block devices.</summary>
internal sealed class LimitsReader(Findings findings)
{
    private const long LeastMemoryBytes = 6L << 20;
    private const long Unlimited = -1;

    private readonly LimitNumbers _numbers = new(findings);

    /// <summary>The limits.</summary>
    /// <param name="flags">What was typed.</param>
    /// <param name="host">The host.</param>
    /// <param name="rules">Rules of the device cgroup.</param>
    /// <param name="before">Limits of which those that were not typed stay: <c>update</c>. Null for a new container.</param>
    public ResourceLimits Read(RunFlags flags, HostFacts host, IReadOnlyList<DeviceRule> rules, ResourceLimits? before = null)
    {
        var memory = _numbers.Size("--memory", flags.Memory) is > 0 and var asked ? asked : before?.MemoryLimitBytes;

        if (flags.Memory is not null && memory < LeastMemoryBytes)
        {
            findings.Invalid("--memory", flags.Memory!, "the least is 6m", SizeText.Rule);
        }

        var processors = new ProcessorLimitsReader(findings, flags, host, before);
        var (quota, period) = processors.Quota();
        var (realtime, realtimePeriod) = processors.Realtime();
        var block = new BlockLimitsReader(findings, flags, before);
        var files = new GroupFilesReader(findings);
        return new ResourceLimits
        {
            MemoryLimitBytes = memory,
            MemorySwapBytes = Swap(flags, memory, before),
            MemoryReservationBytes = Reservation(flags, memory, before),
            MemoryHighBytes = High(flags, memory) ?? before?.MemoryHighBytes,
            OomKillDisable = flags.OomKillDisable ?? before?.OomKillDisable ?? false,
            MemorySwappiness = (int?)_numbers.Whole("--memory-swappiness", flags.MemorySwappiness, -1, 100) is { } s and >= 0 ? s : before?.MemorySwappiness,
            CpuQuotaMicroseconds = quota,
            CpuPeriodMicroseconds = period,
            CpuBurstMicroseconds = processors.Burst(quota),
            CpuRealtimeRuntimeMicroseconds = realtime,
            CpuRealtimePeriodMicroseconds = realtimePeriod,
            CpuShares = _numbers.Whole("--cpu-shares", flags.CpuShares, 0, 262144) is { } shares and > 0 ? Math.Max(2, shares) : before?.CpuShares,
            CpusetCpus = processors.Set("--cpuset-cpus", flags.CpusetCpus, host.Processors) ?? before?.CpusetCpus,
            CpusetMems = processors.Set("--cpuset-mems", flags.CpusetMems, int.MaxValue) ?? before?.CpusetMems,
            PidsLimit = Pids(flags, before),
            BlkioWeight = block.Weight(),
            BlkioDevices = block.Devices(),
            HugepageLimits = files.Hugepages(flags.HugepageLimits, before?.HugepageLimits ?? []),
            Unified = files.Settings(flags.CgroupSettings, before?.Unified ?? []),
            Devices = rules,
        };
    }

    private long? Swap(RunFlags flags, long? memory, ResourceLimits? before)
    {
        if (flags.MemorySwap is null or "0")
        {
            if (flags.Memory is not null && before?.MemorySwapBytes is >= 0 and var set && memory > set)
            {
                findings.Invalid("--memory", flags.Memory, $"it is more than the limit of memory and swap, {set} bytes", "give --memory-swap too");
            }

            return before?.MemorySwapBytes;
        }

        var swap = flags.MemorySwap == "-1" ? Unlimited : _numbers.Size("--memory-swap", flags.MemorySwap);
        if (swap is not null && memory is null && flags.Memory is null)
        {
            findings.Invalid("--memory-swap", flags.MemorySwap, "it needs --memory beside it", "it limits memory and swap together");
        }
        else if (swap >= 0 && swap < memory)
        {
            findings.Invalid("--memory-swap", flags.MemorySwap, "it is less than --memory", "it limits memory and swap together: the same value as --memory means no swap");
        }

        return swap;
    }

    private long? High(RunFlags flags, long? memory)
    {
        var high = _numbers.Size("--memory-high", flags.MemoryHigh) is > 0 and var asked ? asked : (long?)null;
        if (high > memory)
        {
            findings.Invalid("--memory-high", flags.MemoryHigh!, "it is more than --memory", "it slows a container down before --memory kills it");
        }

        return high;
    }

    private long? Reservation(RunFlags flags, long? memory, ResourceLimits? before)
    {
        var reservation = _numbers.Size("--memory-reservation", flags.MemoryReservation) is > 0 and var asked ? asked : before?.MemoryReservationBytes;
        if (reservation > memory && flags.MemoryReservation is { } text)
        {
            findings.Invalid("--memory-reservation", text, "it is more than --memory");
        }
        else if (reservation > memory)
        {
            findings.Invalid("--memory", flags.Memory ?? "", $"it is less than the reservation, {reservation} bytes", "give --memory-reservation too");
        }

        return reservation;
    }

    private long? Pids(RunFlags flags, ResourceLimits? before) => _numbers.Whole("--pids-limit", flags.PidsLimit, -1, 4_194_304) switch
    {
        null => before is null ? ResourceLimits.DefaultPidsLimit : before.PidsLimit,
        0 => Unlimited,
        var limit => limit,
    };
}
