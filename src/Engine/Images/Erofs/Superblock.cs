using System.Buffers.Binary;
using MiniDock.Engine.Checksums;

namespace MiniDock.Engine.Images.Erofs;

/// <summary>The superblock of an EROFS image (struct erofs_super_block, Documentation/filesystems/erofs.rst).</summary>
internal sealed record Superblock
{
    public const int OffsetBytes = 1024;
    public const uint Magic = 0xE0F5E1E2;

    private const uint FeatureChecksum = 1;
    private const uint FeatureModificationTime = 2;

    public required ushort RootInode { get; init; }

    public required long InodeCount { get; init; }

    public required uint BlockCount { get; init; }

    public required uint MetadataBlock { get; init; }

    /// <summary>Sixteen bytes of its own.</summary>
    public required ReadOnlyMemory<byte> Uuid { get; init; }

    /// <summary>Writes it over one block of zeros; the checksum covers the block.</summary>
    public void Write(Span<byte> block)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(block, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(block[8..], FeatureChecksum | FeatureModificationTime);
        block[12] = ErofsLayout.BlockBits;
        BinaryPrimitives.WriteUInt16LittleEndian(block[14..], RootInode);
        BinaryPrimitives.WriteInt64LittleEndian(block[16..], InodeCount);
        BinaryPrimitives.WriteUInt32LittleEndian(block[36..], BlockCount);
        BinaryPrimitives.WriteUInt32LittleEndian(block[40..], MetadataBlock);
        Uuid.Span.CopyTo(block.Slice(48, 16));
        BinaryPrimitives.WriteUInt32LittleEndian(block[4..], Crc32C.Of(block[..ErofsLayout.BlockBytes]));
    }
}
