namespace MiniDock.Abstractions.Model;

/// <summary>A block I/O limit on one device, or its weight there.</summary>
/// <param name="Path">Device node on the host.</param>
/// <param name="Kind"><c>read-bps</c>, <c>write-bps</c>, <c>read-iops</c>, <c>write-iops</c> or <see cref="Weight"/>.</param>
/// <param name="Rate">Bytes or operations per second; a weight from 10 to 1000.</param>
public sealed record BlkioDeviceLimit(string Path, string Kind, long Rate)
{
    /// <summary>The kind that is a weight beside other groups.</summary>
    public const string Weight = "weight";

    /// <summary>The flag that asks for it.</summary>
    public string Flag => Kind == Weight ? "--blkio-weight-device" : "--device-" + Kind;
}
