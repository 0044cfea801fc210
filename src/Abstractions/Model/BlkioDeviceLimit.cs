namespace MiniDock.Abstractions.Model;

/// <summary>A block I/O limit on one device.</summary>
/// <param name="Path">Device node on the host.</param>
/// <param name="Kind"><c>read-bps</c>, <c>write-bps</c>, <c>read-iops</c> or <c>write-iops</c>.</param>
/// <param name="Rate">Bytes or operations per second.</param>
public sealed record BlkioDeviceLimit(string Path, string Kind, long Rate);
