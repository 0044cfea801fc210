using System.Buffers.Binary;

namespace MiniDock.Engine.Images.Erofs;

/// <summary>A directory's content, block by block: as many 12-byte entries as fit, then their names.</summary>
internal ref struct DirectoryPacker
{
    private readonly LayerTree _tree;
    private readonly Span<byte> _block;
    private DirectoryWalker _walker;
    private bool _hasNext;

    /// <param name="tree">The layer.</param>
    /// <param name="directory">An inode whose entries are sorted.</param>
    /// <param name="block">One block of memory, overwritten by each block.</param>
    public DirectoryPacker(LayerTree tree, int directory, Span<byte> block)
    {
        _tree = tree;
        _block = block;
        _walker = new DirectoryWalker(tree, directory);
        _hasNext = _walker.Next();
    }

    /// <summary>Length of the content, and nothing else: every block but the last is full-sized.</summary>
    public static long Measure(LayerTree tree, int directory)
    {
        long blocks = 0;
        var used = 0;
        var walker = new DirectoryWalker(tree, directory);
        while (walker.Next())
        {
            var need = ErofsLayout.DirectoryEntryBytes + walker.Name.Length;
            if (used + need > ErofsLayout.BlockBytes)
            {
                blocks++;
                used = 0;
            }

            used += need;
        }

        return (blocks * ErofsLayout.BlockBytes) + used;
    }

    /// <summary>Packs the next block; returns how much of it is used, 0 at the end. What follows is zeros.</summary>
    public int Next()
    {
        _block.Clear();
        var first = _walker;
        var count = 0;
        var used = 0;
        while (_hasNext)
        {
            var need = ErofsLayout.DirectoryEntryBytes + _walker.Name.Length;
            if (used + need > ErofsLayout.BlockBytes)
            {
                break;
            }

            used += need;
            count++;
            _hasNext = _walker.Next();
        }

        var nameOffset = count * ErofsLayout.DirectoryEntryBytes;
        for (var i = 0; i < count; i++)
        {
            ref var inode = ref _tree.Inodes[first.Inode];
            var entry = _block.Slice(i * ErofsLayout.DirectoryEntryBytes, ErofsLayout.DirectoryEntryBytes);
            BinaryPrimitives.WriteUInt64LittleEndian(entry, inode.Number);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[8..], (ushort)nameOffset);
            entry[10] = TypeOf(inode.Mode);
            first.Name.CopyTo(_block[nameOffset..]);
            nameOffset += first.Name.Length;
            first.Next();
        }

        return used;
    }

    // FT_* of linux/fs_types.h.
    private static byte TypeOf(int mode) => (mode & FileMode.TypeMask) switch
    {
        FileMode.Regular => 1,
        FileMode.Directory => 2,
        FileMode.CharacterDevice => 3,
        FileMode.BlockDevice => 4,
        FileMode.Fifo => 5,
        FileMode.SymbolicLink => 7,
        _ => 0,
    };
}
