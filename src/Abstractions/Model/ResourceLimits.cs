namespace MiniDock.Abstractions.Model;

/// <summary>Limits of a container, as OCI's <c>linux.resources</c>. Null means that the kernel's default stays.</summary>
public sealed record ResourceLimits
{
    /// <summary>The pids limit of a container that asked for none.</summary>
    public const long DefaultPidsLimit = 2048;

    /// <summary>Memory, bytes.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>Memory and swap together, bytes; −1 is unlimited swap (docker's <c>--memory-swap</c>).</summary>
    public long? MemorySwapBytes { get; init; }

    /// <summary>Soft limit, bytes.</summary>
    public long? MemoryReservationBytes { get; init; }

    /// <summary>Bytes above which processes are slowed down and their memory is taken back (<c>memory.high</c>); version 2 only.</summary>
    public long? MemoryHighBytes { get; init; }

    /// <summary>Whether processes wait for memory where the out-of-memory killer would end one; version 1 only.</summary>
    public bool OomKillDisable { get; init; }

    /// <summary>0 to 100.</summary>
    public int? MemorySwappiness { get; init; }

    /// <summary>CPU time per period, microseconds.</summary>
    public long? CpuQuotaMicroseconds { get; init; }

    /// <summary>The period, microseconds.</summary>
    public long? CpuPeriodMicroseconds { get; init; }

    /// <summary>Unused quota that may be spent at once later, microseconds (Linux 5.14).</summary>
    public long? CpuBurstMicroseconds { get; init; }

    /// <summary>Processor time of real-time policies per <see cref="CpuRealtimePeriodMicroseconds"/>, microseconds; version 1 only.</summary>
    public long? CpuRealtimeRuntimeMicroseconds { get; init; }

    /// <summary>The period of real-time policies, microseconds; version 1 only.</summary>
    public long? CpuRealtimePeriodMicroseconds { get; init; }

    /// <summary>Relative weight, v1's scale (2 to 262144, default 1024).</summary>
    public long? CpuShares { get; init; }

    /// <summary>CPUs, such as <c>0-1,3</c>.</summary>
    public string? CpusetCpus { get; init; }

    /// <summary>Memory nodes.</summary>
    public string? CpusetMems { get; init; }

    /// <summary>Processes and threads; −1 is unlimited.</summary>
    public long? PidsLimit { get; init; } = DefaultPidsLimit;

    /// <summary>Relative block I/O weight, 10 to 1000.</summary>
    public int? BlkioWeight { get; init; }

    /// <summary>Limits and weights of single devices.</summary>
    public IReadOnlyList<BlkioDeviceLimit> BlkioDevices { get; init; } = [];

    /// <summary>Limits of huge pages, one for each size.</summary>
    public IReadOnlyList<HugepageLimit> HugepageLimits { get; init; } = [];

    /// <summary>Values for files of the group as the kernel names them (OCI's <c>unified</c>), written after all else.</summary>
    public IReadOnlyList<CgroupSetting> Unified { get; init; } = [];

    /// <summary>Device rules of the device cgroup, in order, applied after "deny all". The planner fills in the profile's.</summary>
    public IReadOnlyList<DeviceRule> Devices { get; init; } = [];
}
