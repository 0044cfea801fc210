namespace MiniDock.Engine.Images.Erofs;

/// <summary>A file of a layer, whatever its names. Kept small: a layer has as many as it has files.</summary>
internal struct LayerInode
{
    /// <summary>Length of a file, of a link's target, or (once laid out) of a directory.</summary>
    public long SizeBytes;

    public long ModifiedSeconds;

    public int ModifiedNanoseconds;

    public uint UserId;

    public uint GroupId;

    /// <summary>
    /// First block of a file's data; device number; place of a link's target in the arena; first entry of a directory;
    /// index of a sparse file's map, by what <see cref="Mode"/> and <see cref="IsSparse"/> say.
    /// </summary>
    public int Data;

    /// <summary>Of a directory: the one that it is in.</summary>
    public int Parent;

    /// <summary>Index of its encoded attributes, or -1.</summary>
    public int Attributes;

    /// <summary>Names that were found for it while laying out.</summary>
    public uint LinkCount;

    /// <summary>EROFS inode number: its place in the metadata area in units of 32 bytes. 0: not laid out.</summary>
    public uint Number;

    /// <summary>Block of what does not fit inline, counted from the block area's start; -1: all inline.</summary>
    public int Block;

    /// <summary>Type and permissions as in st_mode (inode(7)).</summary>
    public ushort Mode;

    public bool IsSparse;

    public readonly bool IsDirectory => (Mode & FileMode.TypeMask) == FileMode.Directory;

    public readonly bool IsSymbolicLink => (Mode & FileMode.TypeMask) == FileMode.SymbolicLink;

    public readonly bool IsRegular => (Mode & FileMode.TypeMask) == FileMode.Regular;

    public readonly bool IsDevice => (Mode & FileMode.TypeMask) is FileMode.CharacterDevice or FileMode.BlockDevice;
}
