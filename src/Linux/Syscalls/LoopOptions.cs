namespace MiniDock.Linux;

/// <summary>How a loop device works.</summary>
public sealed record LoopOptions
{
    /// <summary>No writes.</summary>
    public bool ReadOnly { get; init; } = true;

    /// <summary>Detached by the kernel when its last user goes.</summary>
    public bool AutoClear { get; init; } = true;

    /// <summary>Do not cache the backing file a second time; given up where its file system cannot.</summary>
    public bool DirectIo { get; init; } = true;

    /// <summary>Bytes of a logical block; 0 leaves the kernel's 512.</summary>
    public uint BlockSizeBytes { get; init; }
}
