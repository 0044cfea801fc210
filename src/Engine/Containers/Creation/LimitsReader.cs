using System.Globalization;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads the limits on memory, processors, processes and block devices.</summary>
internal sealed class LimitsReader(Findings findings)
{
    private const long LeastMemoryBytes = 6L << 20;
    private const long PeriodMicroseconds = 100_000;
    private const long Unlimited = -1;

    /// <summary>The limits.</summary>
    /// <param name="flags">What was typed.</param>
    /// <param name="host">The host.</param>
    /// <param name="rules">Rules of the device cgroup.</param>
    /// <param name="before">Limits of which those that were not typed stay: <c>update</c>. Null for a new container.</param>
    public ResourceLimits Read(RunFlags flags, HostFacts host, IReadOnlyList<DeviceRule> rules, ResourceLimits? before = null)
    {
        var memory = Size("--memory", flags.Memory) is > 0 and var asked ? asked : before?.MemoryLimitBytes;

        if (flags.Memory is not null && memory < LeastMemoryBytes)
        {
            findings.Invalid("--memory", flags.Memory!, "the least is 6m", SizeText.Rule);
        }

        var (quota, period) = Cpu(flags, host, before);
        return new ResourceLimits
        {
            MemoryLimitBytes = memory,
            MemorySwapBytes = Swap(flags, memory, before),
            MemoryReservationBytes = Reservation(flags, memory, before),
            MemorySwappiness = (int?)Whole("--memory-swappiness", flags.MemorySwappiness, -1, 100) is { } s and >= 0 ? s : before?.MemorySwappiness,
            CpuQuotaMicroseconds = quota,
            CpuPeriodMicroseconds = period,
            CpuShares = Whole("--cpu-shares", flags.CpuShares, 0, 262144) is { } shares and > 0 ? Math.Max(2, shares) : before?.CpuShares,
            CpusetCpus = Set("--cpuset-cpus", flags.CpusetCpus, host.Processors) ?? before?.CpusetCpus,
            CpusetMems = Set("--cpuset-mems", flags.CpusetMems, int.MaxValue) ?? before?.CpusetMems,
            PidsLimit = Pids(flags, before),
            BlkioWeight = Whole("--blkio-weight", flags.BlkioWeight, 0, 1000) switch
            {
                null or 0 => before?.BlkioWeight,
                < 10 => Weight(flags),
                var weight => (int)weight,
            },
            BlkioDevices = Devices(flags, before),
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

        var swap = flags.MemorySwap == "-1" ? Unlimited : Size("--memory-swap", flags.MemorySwap);
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

    private long? Reservation(RunFlags flags, long? memory, ResourceLimits? before)
    {
        var reservation = Size("--memory-reservation", flags.MemoryReservation) is > 0 and var asked ? asked : before?.MemoryReservationBytes;
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

    private (long? Quota, long? Period) Cpu(RunFlags flags, HostFacts host, ResourceLimits? before)
    {
        var period = Whole("--cpu-period", flags.CpuPeriod, 1000, 1_000_000);
        var quota = Whole("--cpu-quota", flags.CpuQuota, -1, long.MaxValue);
        if (quota is > 0 and < 1000)
        {
            findings.Invalid("--cpu-quota", flags.CpuQuota!, "the least is 1000 microseconds");
        }

        if (flags.Cpus is null)
        {
            return (quota switch { null or 0 => before?.CpuQuotaMicroseconds, < 0 => null, _ => quota }, period ?? before?.CpuPeriodMicroseconds);
        }

        if (period is not null || quota is not null)
        {
            findings.Conflict("--cpus", period is not null ? "--cpu-period" : "--cpu-quota");
        }

        var isNumber = decimal.TryParse(flags.Cpus, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cpus);
        if (isNumber && cpus == 0)
        {
            return (before?.CpuQuotaMicroseconds, before?.CpuPeriodMicroseconds);
        }

        if (!isNumber || cpus < 0.01m || cpus > host.Processors)
        {
            findings.Invalid("--cpus", flags.Cpus, $"not a number from 0.01 to {host.Processors}, the processors of this host");
            return (null, null);
        }

        return ((long)(cpus * PeriodMicroseconds), PeriodMicroseconds);
    }

    private long? Pids(RunFlags flags, ResourceLimits? before) => Whole("--pids-limit", flags.PidsLimit, -1, 4_194_304) switch
    {
        null => before is null ? ResourceLimits.DefaultPidsLimit : before.PidsLimit,
        0 => Unlimited,
        var limit => limit,
    };

    private int? Weight(RunFlags flags)
    {
        findings.Invalid("--blkio-weight", flags.BlkioWeight!, "not a whole number from 10 to 1000");
        return null;
    }

    private List<BlkioDeviceLimit> Devices(RunFlags flags, ResourceLimits? before)
    {
        var limits = new List<BlkioDeviceLimit>(before?.BlkioDevices ?? []);
        foreach (var (kind, text) in flags.BlkioDevices)
        {
            var colon = text.LastIndexOf(':');
            var rate = 0L;
            var isRate = colon > 0 && (kind.EndsWith("bps", StringComparison.Ordinal)
                ? SizeText.TryParse(text[(colon + 1)..], out rate)
                : long.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out rate));
            if (isRate && rate > 0 && text[0] == '/')
            {
                limits.RemoveAll(l => l.Path == text[..colon] && l.Kind == kind);
                limits.Add(new BlkioDeviceLimit(text[..colon], kind, rate));
            }
            else
            {
                findings.Invalid($"--device-{kind}", text, "it is DEVICE:RATE", kind.EndsWith("bps", StringComparison.Ordinal) ? "such as /dev/sda:10m" : "such as /dev/sda:1000");
            }
        }

        return limits;
    }

    private string? Set(string flag, string? text, int count)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || !int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
                || !int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last) || first > last)
            {
                findings.Invalid(flag, text, "it is a list of numbers and ranges, such as 0-2,4");
                return null;
            }

            if (last >= count)
            {
                findings.Invalid(flag, text, $"this host has the processors 0 to {count - 1}");
                return null;
            }
        }

        return text;
    }

    private long? Size(string flag, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (SizeText.TryParse(text, out var bytes))
        {
            return bytes;
        }

        findings.Invalid(flag, text, "not a size", SizeText.Rule);
        return null;
    }

    private long? Whole(string flag, string? text, long least, long most)
    {
        if (text is null)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
        {
            return value;
        }

        findings.Invalid(flag, text, most == long.MaxValue ? $"not a whole number from {least} up" : $"not a whole number from {least} to {most}");
        return null;
    }
}
