using System.Buffers.Binary;
using MiniDock.Linux;

namespace MiniDock.Plugins.Storage.Layers;

/// <summary>Mode and owner of a layer's root directory, which the directory above it in an overlay would hide.</summary>
/// <param name="Mode">Permissions with set-user-id, set-group-id and sticky.</param>
/// <param name="UserId">Owner.</param>
/// <param name="GroupId">Group.</param>
internal readonly record struct LayerRoot(uint Mode, uint UserId, uint GroupId)
{
    private const int SuperblockOffset = 1024;

    /// <summary>Reads it from a layer's file (struct erofs_super_block, then struct erofs_inode_extended).</summary>
    public static LayerRoot Read(string file)
    {
        using var layer = Files.Open(file, OpenFlags.ReadOnly);
        Span<byte> bytes = stackalloc byte[64];
        RandomAccess.Read(layer, bytes, SuperblockOffset);
        var position = ((long)BinaryPrimitives.ReadUInt32LittleEndian(bytes[40..]) << bytes[12])
            + (32L * BinaryPrimitives.ReadUInt16LittleEndian(bytes[14..]));
        RandomAccess.Read(layer, bytes, position);
        return new LayerRoot(
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]) & 0xFFFu,
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[28..]));
    }
}
