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
    public ResourceLimits Read(RunFlags flags, HostFacts host, IReadOnlyList<DeviceRule> rules)
    {
        var memory = Size("--memory", flags.Memory);
        if (memory is 0)
        {
            memory = null;
        }

        if (memory < LeastMemoryBytes)
        {
            findings.Invalid("--memory", flags.Memory!, "the least is 6m", SizeText.Rule);
        }

        var (quota, period) = Cpu(flags, host);
        return new ResourceLimits
        {
            MemoryLimitBytes = memory,
            MemorySwapBytes = Swap(flags, memory),
            MemoryReservationBytes = Reservation(flags, memory),
            MemorySwappiness = (int?)Whole("--memory-swappiness", flags.MemorySwappiness, -1, 100) is { } s and >= 0 ? s : null,
            CpuQuotaMicroseconds = quota,
            CpuPeriodMicroseconds = period,
            CpuShares = Whole("--cpu-shares", flags.CpuShares, 0, 262144) is { } shares and > 0 ? Math.Max(2, shares) : null,
            CpusetCpus = Set("--cpuset-cpus", flags.CpusetCpus, host.Processors),
            CpusetMems = Set("--cpuset-mems", flags.CpusetMems, int.MaxValue),
            PidsLimit = Pids(flags),
            BlkioWeight = Whole("--blkio-weight", flags.BlkioWeight, 0, 1000) switch { null or 0 => null, < 10 => Weight(flags), var weight => (int)weight },
            BlkioDevices = Devices(flags),
            Devices = rules,
        };
    }

    private long? Swap(RunFlags flags, long? memory)
    {
        if (flags.MemorySwap is null or "0")
        {
            return null;
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

    private long? Reservation(RunFlags flags, long? memory)
    {
        var reservation = Size("--memory-reservation", flags.MemoryReservation);
        if (reservation > memory)
        {
            findings.Invalid("--memory-reservation", flags.MemoryReservation!, "it is more than --memory");
        }

        return reservation is 0 ? null : reservation;
    }

    private (long? Quota, long? Period) Cpu(RunFlags flags, HostFacts host)
    {
        var period = Whole("--cpu-period", flags.CpuPeriod, 1000, 1_000_000);
        var quota = Whole("--cpu-quota", flags.CpuQuota, -1, long.MaxValue);
        if (quota is > 0 and < 1000)
        {
            findings.Invalid("--cpu-quota", flags.CpuQuota!, "the least is 1000 microseconds");
        }

        if (flags.Cpus is null)
        {
            return (quota is 0 ? null : quota, period);
        }

        if (period is not null || quota is not null)
        {
            findings.Conflict("--cpus", period is not null ? "--cpu-period" : "--cpu-quota");
        }

        var isNumber = decimal.TryParse(flags.Cpus, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cpus);
        if (isNumber && cpus == 0)
        {
            return (null, null);
        }

        if (!isNumber || cpus < 0.01m || cpus > host.Processors)
        {
            findings.Invalid("--cpus", flags.Cpus, $"not a number from 0.01 to {host.Processors}, the processors of this host");
            return (null, null);
        }

        return ((long)(cpus * PeriodMicroseconds), PeriodMicroseconds);
    }

    private long? Pids(RunFlags flags) => Whole("--pids-limit", flags.PidsLimit, -1, 4_194_304) switch
    {
        null => ResourceLimits.DefaultPidsLimit,
        0 => Unlimited,
        var limit => limit,
    };

    private int? Weight(RunFlags flags)
    {
        findings.Invalid("--blkio-weight", flags.BlkioWeight!, "not a whole number from 10 to 1000");
        return null;
    }

    private List<BlkioDeviceLimit> Devices(RunFlags flags)
    {
        var limits = new List<BlkioDeviceLimit>();
        foreach (var (kind, text) in flags.BlkioDevices)
        {
            var colon = text.LastIndexOf(':');
            var rate = 0L;
            var isRate = colon > 0 && (kind.EndsWith("bps", StringComparison.Ordinal)
                ? SizeText.TryParse(text[(colon + 1)..], out rate)
                : long.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out rate));
            if (isRate && rate > 0 && text[0] == '/')
            {
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
