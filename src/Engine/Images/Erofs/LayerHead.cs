using System.Buffers.Binary;

namespace MiniDock.Engine.Images.Erofs;

/// <summary>What MiniDock notes in a layer's head, behind the superblock: enough to give the tar back.</summary>
/// <param name="TarBytes">Length of the tar, which begins at <see cref="ErofsLayout.HeadBytes"/>.</param>
/// <param name="ContentBytes">Bytes of all files.</param>
/// <param name="InodeCount">Files, directories and all else.</param>
public sealed record LayerHead(long TarBytes, long ContentBytes, long InodeCount)
{
    private const int OffsetBytes = 2048;
    private const uint Version = 1;

    /// <summary>Whether its tar's <c>.wh.</c> files hide something of layers below.</summary>
    public bool KeepsWhiteouts { get; init; }

    /// <summary>Reads it from the first 4 KiB of a file; null when it is no layer.</summary>
    public static LayerHead? Read(ReadOnlySpan<byte> head)
    {
        if (head.Length < ErofsLayout.HeadBytes
            || BinaryPrimitives.ReadUInt32LittleEndian(head[Superblock.OffsetBytes..]) != Superblock.Magic
            || !head[OffsetBytes..].StartsWith("minidock"u8)
            || BinaryPrimitives.ReadUInt32LittleEndian(head[(OffsetBytes + 8)..]) != Version)
        {
            return null;
        }

        return new LayerHead(
            BinaryPrimitives.ReadInt64LittleEndian(head[(OffsetBytes + 16)..]),
            BinaryPrimitives.ReadInt64LittleEndian(head[(OffsetBytes + 24)..]),
            BinaryPrimitives.ReadInt64LittleEndian(head[(OffsetBytes + 32)..]))
        {
            KeepsWhiteouts = BinaryPrimitives.ReadUInt32LittleEndian(head[(OffsetBytes + 40)..]) != 0,
        };
    }

    internal void Write(Span<byte> head)
    {
        "minidock"u8.CopyTo(head[OffsetBytes..]);
        BinaryPrimitives.WriteUInt32LittleEndian(head[(OffsetBytes + 8)..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(head[(OffsetBytes + 16)..], TarBytes);
        BinaryPrimitives.WriteInt64LittleEndian(head[(OffsetBytes + 24)..], ContentBytes);
        BinaryPrimitives.WriteInt64LittleEndian(head[(OffsetBytes + 32)..], InodeCount);
        BinaryPrimitives.WriteUInt32LittleEndian(head[(OffsetBytes + 40)..], KeepsWhiteouts ? 1u : 0);
    }
}
