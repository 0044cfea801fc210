namespace MiniDock.Linux;

/// <summary>A file's time: seconds since 1970 (may be negative) and nanoseconds 0..999999999.</summary>
public readonly record struct FileTime(long Seconds, uint Nanoseconds);
