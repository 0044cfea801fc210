using MiniDock.Linux.Native;

namespace MiniDock.Linux;

/// <summary>What <c>statfs(2)</c> says about a file system.</summary>
public readonly record struct FileSystemStat
{
    internal FileSystemStat(in StatFsBuffer s)
    {
        Magic = s.Type;
        BlockSizeBytes = s.FragmentSize != 0 ? s.FragmentSize : s.BlockSize;
        TotalBytes = (long)s.Blocks * BlockSizeBytes;
        AvailableBytes = (long)s.BlocksAvailable * BlockSizeBytes;
        FreeInodes = s.FilesFree;
    }

    public const long TmpFs = 0x0102_1994;
    public const long Overlay = 0x794C_7630;
    public const long Ext4 = 0xEF53;
    public const long Xfs = 0x5846_5342;
    public const long Btrfs = 0x9123_683E;
    public const long Erofs = 0xE0F5_E1E2;
    public const long CgroupV1 = 0x27_E0EB;
    public const long CgroupV2 = 0x6367_7270;
    public const long Proc = 0x9FA0;
    public const long SysFs = 0x6265_6572;
    public const long DevPts = 0x1CD1;
    public const long NamespaceFs = 0x6E73_6673;

    /// <summary>The type, see the constants.</summary>
    public long Magic { get; }

    public long BlockSizeBytes { get; }

    public long TotalBytes { get; }

    /// <summary>Space that an unprivileged user may still use.</summary>
    public long AvailableBytes { get; }

    public ulong FreeInodes { get; }
}
