namespace MiniDock.Engine.Images.Tar;

/// <summary>One member of an archive, byte-exact: names are bytes, never text.</summary>
public sealed record TarEntry
{
    public required TarEntryType Type { get; init; }

    /// <summary>The name as the archive has it: may be absolute, may hold <c>..</c>, may end in a slash.</summary>
    public required ReadOnlyMemory<byte> Name { get; init; }

    /// <summary>The target of a hard or symbolic link; empty for anything else.</summary>
    public ReadOnlyMemory<byte> LinkName { get; init; }

    /// <summary>Permission bits with set-user-id, set-group-id and sticky (07777).</summary>
    public int Mode { get; init; }

    public uint UserId { get; init; }

    public uint GroupId { get; init; }

    /// <summary>Seconds since 1970, negative before.</summary>
    public long ModifiedSeconds { get; init; }

    /// <summary>0 to 999,999,999, always counted forwards from <see cref="ModifiedSeconds"/>.</summary>
    public int ModifiedNanoseconds { get; init; }

    /// <summary>Length of the file when extracted. 0 for anything but files.</summary>
    public long SizeBytes { get; init; }

    /// <summary>Where the member's data begins in the archive (for a sparse file: after its map).</summary>
    public long DataOffsetBytes { get; init; }

    /// <summary>Bytes of data in the archive, less than <see cref="SizeBytes"/> for a sparse file.</summary>
    public long StoredBytes { get; init; }

    public uint DeviceMajor { get; init; }

    public uint DeviceMinor { get; init; }

    public IReadOnlyList<ExtendedAttribute> ExtendedAttributes { get; init; } = [];

    /// <summary>ACLs written as text (star's and GNU tar's pax keys), still to be resolved to numbers.</summary>
    public IReadOnlyList<ExtendedAttribute> TextualAcls { get; init; } = [];

    /// <summary>The map of a sparse file, ascending and within <see cref="SizeBytes"/>; null for any other file.</summary>
    public IReadOnlyList<SparseExtent>? SparseExtents { get; init; }

    /// <summary>The same member as another name of an earlier one.</summary>
    internal TarEntry AsHardLink(byte[] first) => this with { Type = TarEntryType.HardLink, LinkName = first, ExtendedAttributes = [] };

    /// <summary>The same member as a file of a size, with the stretches of its data where it has holes.</summary>
    internal TarEntry WithData(long sizeBytes, IReadOnlyList<SparseExtent>? extents) =>
        this with { SizeBytes = sizeBytes, StoredBytes = extents?.Sum(e => e.LengthBytes) ?? sizeBytes, SparseExtents = extents };
}
