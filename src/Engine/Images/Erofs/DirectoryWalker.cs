namespace MiniDock.Engine.Images.Erofs;

/// <summary>The names of a directory whose entries are sorted, with <c>.</c> and <c>..</c> where bytewise order puts them.</summary>
internal ref struct DirectoryWalker(LayerTree tree, int directory)
{
    private int _next = tree.Inodes[directory].Data;
    private bool _selfDone;
    private bool _parentDone;

    public ReadOnlySpan<byte> Name { get; private set; }

    public int Inode { get; private set; }

    public bool Next()
    {
        var name = ReadOnlySpan<byte>.Empty;
        if (_next >= 0)
        {
            ref var entry = ref tree.Entries[_next];
            name = tree.Arena.Get(entry.Name, entry.NameLength);
        }

        if (!_selfDone && (_next < 0 || "."u8.SequenceCompareTo(name) < 0))
        {
            _selfDone = true;
            Name = "."u8;
            Inode = directory;
            return true;
        }

        if (!_parentDone && (_next < 0 || ".."u8.SequenceCompareTo(name) < 0))
        {
            _parentDone = true;
            Name = ".."u8;
            Inode = tree.Inodes[directory].Parent;
            return true;
        }

        if (_next < 0)
        {
            return false;
        }

        Name = name;
        Inode = tree.Entries[_next].Inode;
        _next = tree.Entries[_next].Next;
        return true;
    }
}
