using MiniDock.Engine.Images.Tar;

namespace MiniDock.Engine.Images.Erofs;

/// <summary>
/// Lays a layer out as an EROFS image around its tar: <c>[head][tar][inodes][blocks of directories and long links][sparse files]</c>.
/// Files are flat, uncompressed and point into the tar.
/// </summary>
internal sealed class LayerIndex
{
    // The first slots stay empty: inode number 0 would not show up in readdir(3).
    private const int FirstInodeOffset = ErofsLayout.InodeBytes;

    private readonly LayerTree _tree;
    private long _inodeEnd = FirstInodeOffset;
    private long _blockCount;
    private long _sparseBlockCount;

    private LayerIndex(LayerTree tree, long tarBytes)
    {
        _tree = tree;
        InodeAreaBytes = ErofsLayout.RoundUp(ErofsLayout.HeadBytes + tarBytes, ErofsLayout.BlockBytes);
    }

    /// <summary>Where the inodes begin in the file.</summary>
    public long InodeAreaBytes { get; }

    /// <summary>Where blocks of directories and long links begin.</summary>
    public long BlockAreaBytes => InodeAreaBytes + ErofsLayout.RoundUp(_inodeEnd, ErofsLayout.BlockBytes);

    /// <summary>Where sparse files begin.</summary>
    public long SparseAreaBytes => BlockAreaBytes + (_blockCount * ErofsLayout.BlockBytes);

    /// <summary>Length of the whole file.</summary>
    public long ImageBytes => SparseAreaBytes + (_sparseBlockCount * ErofsLayout.BlockBytes);

    /// <summary>Reachable inodes in the order of their place.</summary>
    public ChunkedArray<int> Order { get; } = new();

    /// <summary>The data of sparse files: where in the file it lies in the tar, where once more in its place, and its length.</summary>
    public IEnumerable<(long From, long To, long Length)> SparseExtents(LayerTree tree)
    {
        foreach (var sparse in tree.SparseFiles)
        {
            if (tree.Inodes[sparse.Inode] is not { Number: > 0 } inode)
            {
                continue;
            }

            var from = ErofsLayout.HeadBytes + sparse.TarOffsetBytes;
            var to = SparseAreaBytes + ((long)inode.Block * ErofsLayout.BlockBytes);
            foreach (var extent in sparse.Extents)
            {
                yield return (from, to + extent.OffsetBytes, extent.LengthBytes);
                from += extent.LengthBytes;
            }
        }
    }

    public static LayerIndex Layout(LayerTree tree, long tarBytes)
    {
        var index = new LayerIndex(tree, tarBytes);
        var sorter = new EntrySorter(tree);
        index.Place(LayerTree.Root, sorter);

        // Breadth first: what readdir and stat want together lies together, and no depth can exhaust the stack.
        for (var i = 0; i < index.Order.Count; i++)
        {
            var directory = index.Order[i];
            if (!tree.Inodes[directory].IsDirectory)
            {
                continue;
            }

            for (var entry = tree.Inodes[directory].Data; entry >= 0; entry = tree.Entries[entry].Next)
            {
                var inode = tree.Entries[entry].Inode;
                if (tree.Inodes[inode].Number == 0)
                {
                    index.Place(inode, sorter);
                }

                tree.Inodes[tree.Inodes[inode].IsDirectory ? directory : inode].LinkCount++;
            }
        }

        return index.ImageBytes <= ErofsLayout.MaxImageBytes
            ? index
            : throw new ArchiveException($"the layer would take {index.ImageBytes} bytes, the most is {ErofsLayout.MaxImageBytes}");
    }

    private void Place(int index, EntrySorter sorter)
    {
        ref var inode = ref _tree.Inodes[index];
        var attributeBytes = inode.Attributes < 0 ? 0 : _tree.AttributeSets[inode.Attributes].Length;
        var inlineBytes = 0;
        inode.Block = -1;
        if (inode.IsDirectory)
        {
            // "." and the name in the parent.
            inode.LinkCount = 2;
            sorter.Sort(index);
            inode.SizeBytes = DirectoryPacker.Measure(_tree, index);
            inlineBytes = PlaceContent(ref inode, attributeBytes);
        }
        else if (inode.IsSymbolicLink)
        {
            inlineBytes = PlaceContent(ref inode, attributeBytes);
        }
        else if (inode.IsRegular && inode.IsSparse)
        {
            inode.Block = (int)_sparseBlockCount;
            _sparseBlockCount += Blocks(inode.SizeBytes);
        }

        var fixedBytes = ErofsLayout.InodeBytes + attributeBytes;
        var start = ErofsLayout.RoundUp(_inodeEnd, ErofsLayout.InodeBytes);
        if (inlineBytes > 0 && (start % ErofsLayout.BlockBytes) + fixedBytes + inlineBytes > ErofsLayout.BlockBytes)
        {
            // The tail must lie in the block of its inode.
            start = ErofsLayout.RoundUp(start, ErofsLayout.BlockBytes);
        }

        inode.Number = checked((uint)(start / ErofsLayout.InodeSlotBytes));
        _inodeEnd = start + fixedBytes + inlineBytes;
        Order.Add(index);
    }

    // How many bytes go behind the inode; whole blocks, and a tail that does not fit, go to the block area.
    private int PlaceContent(ref LayerInode inode, int attributeBytes)
    {
        var tail = (int)(inode.SizeBytes % ErofsLayout.BlockBytes);
        var isInline = HasInlineTail(inode, attributeBytes);
        var blocks = isInline ? inode.SizeBytes / ErofsLayout.BlockBytes : Blocks(inode.SizeBytes);
        if (blocks > 0)
        {
            inode.Block = (int)_blockCount;
            _blockCount += blocks;
        }

        return isInline ? tail : 0;
    }

    /// <summary>Whether the last part of a directory or link lies behind its inode, in the same block.</summary>
    public static bool HasInlineTail(in LayerInode inode, int attributeBytes)
    {
        var tail = (int)(inode.SizeBytes % ErofsLayout.BlockBytes);
        return tail > 0
            && ErofsLayout.InodeBytes + attributeBytes + tail <= ErofsLayout.BlockBytes
            && (inode.IsDirectory || inode.SizeBytes < ErofsLayout.BlockBytes);
    }

    private static long Blocks(long bytes) => (bytes + ErofsLayout.BlockBytes - 1) / ErofsLayout.BlockBytes;
}
