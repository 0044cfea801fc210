namespace MiniDock.Engine.Images.Erofs;

/// <summary>Sizes of the on-disk format, and how a layer's file is laid out.</summary>
public static class ErofsLayout
{
    /// <summary>Tar's own block size, so that a member's data begins on a block of the file system.</summary>
    public const int BlockBytes = 512;

    /// <summary>Where the tar begins: a page, so that file systems that share extents can share all of it.</summary>
    public const int HeadBytes = 4096;

    /// <summary>Most that block numbers reach.</summary>
    public const long MaxImageBytes = (long)int.MaxValue * BlockBytes;

    internal const byte BlockBits = 9;
    internal const int InodeBytes = 64;
    internal const int InodeSlotBytes = 32;
    internal const int DirectoryEntryBytes = 12;

    internal static long RoundUp(long value, int unit) => (value + unit - 1) / unit * unit;
}
