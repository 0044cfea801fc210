using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Images.Erofs;

/// <summary>Writes the index of a layer around the tar that is in the file already.</summary>
internal sealed class LayerIndexWriter(LayerTree tree, LayerIndex index, SafeFileHandle file)
{
    // i_format: bit 0 extended inode, then the data layout.
    private const ushort FlatPlain = 1 | (0 << 1);
    private const ushort FlatInline = 1 | (2 << 1);

    private readonly SequentialWriter _writer = new(file, index.InodeAreaBytes);
    private readonly byte[] _block = new byte[ErofsLayout.BlockBytes];

    /// <summary>Writes all but the superblock; the file is not an image before <see cref="WriteHead"/>.</summary>
    public void WriteMetadata()
    {
        WriteIndex();
        new SparseWriter(tree, index, file).Write();
        RandomAccess.SetLength(file, index.ImageBytes);
    }

    /// <summary>Writes what does not repeat data of the tar: inodes, directories and long links.</summary>
    public void WriteIndex()
    {
        for (var i = 0; i < index.Order.Count; i++)
        {
            WriteInode(index.Order[i]);
        }

        _writer.PadTo(index.BlockAreaBytes);
        for (var i = 0; i < index.Order.Count; i++)
        {
            WriteBlocks(index.Order[i]);
        }

        _writer.Flush();
    }

    /// <summary>Writes the first 4 KiB: the superblock, and what MiniDock wants to know of the file.</summary>
    public void WriteHead(Digest diffId, long tarBytes, bool keepsWhiteouts)
    {
        var head = new byte[ErofsLayout.HeadBytes];
        new Superblock
        {
            RootInode = (ushort)tree.Inodes[LayerTree.Root].Number,
            InodeCount = index.Order.Count,
            BlockCount = (uint)(index.ImageBytes / ErofsLayout.BlockBytes),
            MetadataBlock = (uint)(index.InodeAreaBytes / ErofsLayout.BlockBytes),
            Uuid = Convert.FromHexString(diffId.Hex).AsMemory(0, 16),
        }.Write(head.AsSpan(Superblock.OffsetBytes));
        new LayerHead(tarBytes, tree.ContentBytes, index.Order.Count) { KeepsWhiteouts = keepsWhiteouts }.Write(head);
        RandomAccess.Write(file, head, 0);
    }

    private void WriteInode(int number)
    {
        ref var inode = ref tree.Inodes[number];
        var attributes = inode.Attributes < 0 ? [] : tree.AttributeSets[inode.Attributes];
        var isInline = (inode.IsDirectory || inode.IsSymbolicLink) && LayerIndex.HasInlineTail(inode, attributes.Length);
        Span<byte> slot = stackalloc byte[ErofsLayout.InodeBytes];
        slot.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(slot, isInline ? FlatInline : FlatPlain);
        BinaryPrimitives.WriteUInt16LittleEndian(slot[2..], AttributeEncoder.CountOf(attributes.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(slot[4..], inode.Mode);
        BinaryPrimitives.WriteInt64LittleEndian(slot[8..], inode.IsRegular || inode.IsDirectory || inode.IsSymbolicLink ? inode.SizeBytes : 0);
        BinaryPrimitives.WriteUInt32LittleEndian(slot[16..], DataOf(inode));
        BinaryPrimitives.WriteUInt32LittleEndian(slot[20..], inode.Number);
        BinaryPrimitives.WriteUInt32LittleEndian(slot[24..], inode.UserId);
        BinaryPrimitives.WriteUInt32LittleEndian(slot[28..], inode.GroupId);
        BinaryPrimitives.WriteInt64LittleEndian(slot[32..], inode.ModifiedSeconds);
        BinaryPrimitives.WriteInt32LittleEndian(slot[40..], inode.ModifiedNanoseconds);
        BinaryPrimitives.WriteUInt32LittleEndian(slot[44..], inode.LinkCount);
        _writer.PadTo(index.InodeAreaBytes + ((long)inode.Number * ErofsLayout.InodeSlotBytes));
        _writer.Write(slot);
        _writer.Write(attributes);
        if (isInline)
        {
            _writer.Write(inode.IsDirectory ? LastDirectoryBlock(number) : tree.Arena.Get(inode.Data, (int)inode.SizeBytes));
        }
    }

    // raw_blkaddr, or the device number as new_encode_dev() has it.
    private uint DataOf(in LayerInode inode)
    {
        if (inode.IsDirectory || inode.IsSymbolicLink)
        {
            return inode.Block < 0 ? 0 : (uint)((index.BlockAreaBytes / ErofsLayout.BlockBytes) + inode.Block);
        }

        if (inode.IsSparse)
        {
            return (uint)((index.SparseAreaBytes / ErofsLayout.BlockBytes) + inode.Block);
        }

        return inode.IsRegular || inode.IsDevice ? (uint)inode.Data : 0;
    }

    private ReadOnlySpan<byte> LastDirectoryBlock(int directory)
    {
        var packer = new DirectoryPacker(tree, directory, _block);
        var blocks = tree.Inodes[directory].SizeBytes / ErofsLayout.BlockBytes;
        for (var i = 0L; i < blocks; i++)
        {
            packer.Next();
        }

        return _block.AsSpan(0, packer.Next());
    }

    private void WriteBlocks(int number)
    {
        ref var inode = ref tree.Inodes[number];
        if (inode.Block < 0 || inode.IsRegular)
        {
            return;
        }

        if (inode.IsSymbolicLink)
        {
            _writer.Write(tree.Arena.Get(inode.Data, (int)inode.SizeBytes));
            _writer.PadTo(ErofsLayout.RoundUp(_writer.PositionBytes, ErofsLayout.BlockBytes));
            return;
        }

        var attributeBytes = inode.Attributes < 0 ? 0 : tree.AttributeSets[inode.Attributes].Length;
        var blocks = LayerIndex.HasInlineTail(inode, attributeBytes)
            ? inode.SizeBytes / ErofsLayout.BlockBytes
            : ErofsLayout.RoundUp(inode.SizeBytes, ErofsLayout.BlockBytes) / ErofsLayout.BlockBytes;
        var packer = new DirectoryPacker(tree, number, _block);
        for (var i = 0L; i < blocks; i++)
        {
            packer.Next();
            _writer.Write(_block);
        }
    }
}
