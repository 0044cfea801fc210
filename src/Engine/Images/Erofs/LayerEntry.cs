namespace MiniDock.Engine.Images.Erofs;

/// <summary>A name in a directory.</summary>
internal struct LayerEntry
{
    /// <summary>Directory that it is in.</summary>
    public int Parent;

    /// <summary>What it names.</summary>
    public int Inode;

    /// <summary>Next name in the same directory, or -1.</summary>
    public int Next;

    /// <summary>Place of the name in the arena.</summary>
    public int Name;

    public byte NameLength;
}
