using System.Globalization;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Plugins.Cgroups.Controllers;

/// <summary>CPU time and weight (scheduler/sched-bwc.rst, cgroup-v2.rst).</summary>
internal sealed class CpuController : ICgroupController
{
    private const long DefaultPeriodMicroseconds = 100_000;
    private const long MinimumMicroseconds = 1_000;
    private const long MaximumPeriodMicroseconds = 1_000_000;
    private const long MinimumShares = 2;
    private const long MaximumShares = 262_144;
    private const string BurstFile = "cpu.cfs_burst_us";
    private const string RealtimePeriodFile = "cpu.rt_period_us";
    private const string RealtimeRuntimeFile = "cpu.rt_runtime_us";

    public string Name => "cpu";

    public string UnifiedName => "cpu";

    public string? AskedBy(ContainerSpec spec) => spec.Resources switch
    {
        { CpuQuotaMicroseconds: not null } => "--cpus",
        { CpuPeriodMicroseconds: not null } => "--cpu-period",
        { CpuShares: not null } => "--cpu-shares",
        { CpuBurstMicroseconds: not null } => "--cpu-burst",
        { CpuRealtimeRuntimeMicroseconds: not null } => "--cpu-rt-runtime",
        { CpuRealtimePeriodMicroseconds: not null } => "--cpu-rt-period",
        _ => null,
    };

    public IEnumerable<Problem> Validate(CgroupRequest request, CgroupVersion version)
    {
        var limits = request.Spec.Resources;
        if (limits.CpuPeriodMicroseconds is < MinimumMicroseconds or > MaximumPeriodMicroseconds)
        {
            yield return new Problem($"cpu period {limits.CpuPeriodMicroseconds}: ERANGE", "give 1000 to 1000000 microseconds");
        }

        if (limits.CpuQuotaMicroseconds is < MinimumMicroseconds)
        {
            yield return new Problem($"cpu quota {limits.CpuQuotaMicroseconds}: ERANGE", "give at least 1000 microseconds, or --cpus 0.01");
        }
        else if (limits.CpuQuotaMicroseconds is { } quota)
        {
            var period = limits.CpuPeriodMicroseconds ?? DefaultPeriodMicroseconds;
            if (period > 0 && quota > period * request.Host.Processors)
            {
                var asked = ((decimal)quota / period).ToString("0.##", CultureInfo.InvariantCulture);
                yield return new Problem(
                    $"cpus {asked}: ERANGE (this host has {request.Host.Processors})", $"give 0.01 to {request.Host.Processors}");
            }
        }

        if (limits.CpuShares is < MinimumShares or > MaximumShares)
        {
            yield return new Problem($"cpu shares {limits.CpuShares}: ERANGE", "give a number from 2 to 262144; 1024 is the default");
        }

        if (limits.CpuBurstMicroseconds > limits.CpuQuotaMicroseconds)
        {
            yield return new Problem(
                $"cpu burst {limits.CpuBurstMicroseconds}: ERANGE (more than the quota {limits.CpuQuotaMicroseconds})",
                "make --cpu-burst at most as large as --cpu-quota, which is --cpus times 100000");
        }

        if ((limits.CpuRealtimeRuntimeMicroseconds ?? limits.CpuRealtimePeriodMicroseconds) is not null && RealtimeComplaint(request, version) is { } complaint)
        {
            yield return complaint;
        }
    }

    public string? Unlimited(CgroupWrite write) => write.File switch
    {
        "cpu.max" => "max 100000",
        "cpu.weight" => "100",
        "cpu.cfs_quota_us" => "-1",
        "cpu.cfs_period_us" => "100000",
        RealtimePeriodFile => "1000000",
        RealtimeRuntimeFile or BurstFile or "cpu.max.burst" => "0",
        _ => "1024",
    };

    public IEnumerable<CgroupWrite> Writes(CgroupRequest request, CgroupVersion version)
    {
        var limits = request.Spec.Resources;
        if (version == CgroupVersion.V2)
        {
            if (limits.CpuQuotaMicroseconds is not null || limits.CpuPeriodMicroseconds is not null)
            {
                var quota = limits.CpuQuotaMicroseconds is { } q ? Text(q) : "max";
                yield return new("cpu.max", $"{quota} {Text(limits.CpuPeriodMicroseconds ?? DefaultPeriodMicroseconds)}");
            }

            if (limits.CpuBurstMicroseconds is { } saved)
            {
                yield return new("cpu.max.burst", Text(saved));
            }

            if (limits.CpuShares is { } weight)
            {
                yield return new("cpu.weight", Text(Weight(weight)));
            }

            yield break;
        }

        // The period first: a quota above the parent's share of the old period would be refused.
        if (limits.CpuPeriodMicroseconds is { } period)
        {
            yield return new("cpu.cfs_period_us", Text(period));
        }

        if (limits.CpuQuotaMicroseconds is { } time)
        {
            yield return new("cpu.cfs_quota_us", Text(time));
        }

        if (limits.CpuBurstMicroseconds is { } burst)
        {
            yield return new(BurstFile, Text(burst));
        }

        if (limits.CpuShares is { } shares)
        {
            yield return new("cpu.shares", Text(shares));
        }

        if (limits.CpuRealtimePeriodMicroseconds is { } realtimePeriod)
        {
            yield return new(RealtimePeriodFile, Text(realtimePeriod));
        }

        if (limits.CpuRealtimeRuntimeMicroseconds is { } runtime)
        {
            yield return new(RealtimeRuntimeFile, Text(runtime));
        }
    }

    /// <summary>Version 2's weight for version 1's shares: the curve through (2, 1), (1024, 100) and (262144, 10000), so that the defaults meet.</summary>
    internal static long Weight(long shares)
    {
        var log = Math.Log2(Math.Clamp(shares, MinimumShares, MaximumShares));
        var exponent = (((log * log) + (125 * log)) / 612.0) - (7.0 / 34.0);
        return (long)Math.Ceiling(Math.Round(Math.Pow(10, exponent), 6));
    }

    private static Problem? RealtimeComplaint(CgroupRequest request, CgroupVersion version)
    {
        if (version == CgroupVersion.V2)
        {
            return new Problem(
                "cpu real-time runtime: EOPNOTSUPP (cgroup version 2 has no budget for real-time policies)",
                "leave --cpu-rt-runtime and --cpu-rt-period out; --ulimit rtprio=N --cap-add SYS_NICE allow the policies");
        }

        return request.Host.Cgroups.V1Mounts.TryGetValue("cpu", out var mount) && !Linux.Files.Exists($"{mount}/{RealtimeRuntimeFile}")
            ? new Problem("cpu real-time runtime: EOPNOTSUPP (this kernel was built without CONFIG_RT_GROUP_SCHED)", "leave --cpu-rt-runtime and --cpu-rt-period out")
            : null;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
