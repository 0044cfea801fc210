using System.Globalization;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads the limits on processors.</summary>
internal sealed class ProcessorLimitsReader(Findings findings, RunFlags flags, HostFacts host, ResourceLimits? before)
{
    private const long PeriodMicroseconds = 100_000;
    private const long MaximumPeriodMicroseconds = 1_000_000;

    private readonly LimitNumbers _numbers = new(findings);

    /// <summary>The quota and the period that it is for.</summary>
    public (long? Quota, long? Period) Quota()
    {
        var period = _numbers.Whole("--cpu-period", flags.CpuPeriod, 1000, 1_000_000);
        var quota = _numbers.Whole("--cpu-quota", flags.CpuQuota, -1, long.MaxValue);
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

    /// <summary>What may be spent above the quota after a quieter time.</summary>
    public long? Burst(long? quota)
    {
        if (_numbers.Whole("--cpu-burst", flags.CpuBurst, 0, long.MaxValue) is not { } burst)
        {
            return before?.CpuBurstMicroseconds;
        }

        if (burst > 0 && quota is null)
        {
            findings.Invalid("--cpu-burst", flags.CpuBurst!, "it needs a quota beside it", "give --cpus or --cpu-quota too");
        }

        return burst == 0 ? null : burst;
    }

    /// <summary>Time of real-time policies and its period.</summary>
    public (long? Runtime, long? Period) Realtime()
    {
        var period = _numbers.Whole("--cpu-rt-period", flags.CpuRealtimePeriod, 1000, MaximumPeriodMicroseconds) ?? before?.CpuRealtimePeriodMicroseconds;
        var runtime = _numbers.Whole("--cpu-rt-runtime", flags.CpuRealtimeRuntime, 0, MaximumPeriodMicroseconds) ?? before?.CpuRealtimeRuntimeMicroseconds;
        if (runtime > (period ?? MaximumPeriodMicroseconds) && flags.CpuRealtimeRuntime is { } text)
        {
            findings.Invalid("--cpu-rt-runtime", text, "it is more than its period", "the period is --cpu-rt-period");
        }

        return (runtime, period);
    }

    /// <summary>A list of processors or memory nodes.</summary>
    public string? Set(string flag, string? text, int count)
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
}
