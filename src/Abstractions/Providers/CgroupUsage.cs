namespace MiniDock.Abstractions.Providers;

/// <summary>What the processes of a control group use and have used. Null where the host's groups do not count it.</summary>
public sealed record CgroupUsage
{
    /// <summary>Processor time, nanoseconds.</summary>
    public long? CpuNanoseconds { get; init; }

    /// <summary>Memory without the file cache that can be dropped at once, bytes: what docker shows.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>The limit of memory, bytes; null for none.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>Processes and threads.</summary>
    public long? Pids { get; init; }

    /// <summary>Their limit; null for none.</summary>
    public long? PidsLimit { get; init; }

    /// <summary>Bytes read from block devices.</summary>
    public long? BlockReadBytes { get; init; }

    /// <summary>Bytes written to block devices.</summary>
    public long? BlockWriteBytes { get; init; }
}
