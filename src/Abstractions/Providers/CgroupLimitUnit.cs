namespace MiniDock.Abstractions.Providers;

/// <summary>What the numbers of a limit are.</summary>
public enum CgroupLimitUnit
{
    /// <summary>A number or text as it is.</summary>
    Plain,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Processors: the value is the quota and the period in microseconds, the use is nanoseconds.</summary>
    Processors,
}
