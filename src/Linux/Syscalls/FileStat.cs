using MiniDock.Linux.Native;

namespace MiniDock.Linux;

/// <summary>What <c>statx(2)</c> says about a file.</summary>
public readonly record struct FileStat
{
    internal FileStat(in StatxBuffer s)
    {
        Mode = s.Mode;
        LinkCount = s.LinkCount;
        Uid = s.Uid;
        Gid = s.Gid;
        Inode = s.Inode;
        SizeBytes = (long)s.Size;
        Blocks512 = s.Blocks;
        Device = new DeviceNumber(s.DevMajor, s.DevMinor);
        RawDevice = new DeviceNumber(s.RdevMajor, s.RdevMinor);
        AccessTime = new FileTime(s.AccessTime.Seconds, s.AccessTime.Nanoseconds);
        ModifyTime = new FileTime(s.ModifyTime.Seconds, s.ModifyTime.Nanoseconds);
        ChangeTime = new FileTime(s.ChangeTime.Seconds, s.ChangeTime.Nanoseconds);
        MountId = s.MountId;
        IsMountRoot = (s.Attributes & Constants.StatxAttrMountRoot) != 0;
    }

    /// <summary>Type and permission bits.</summary>
    public uint Mode { get; }

    /// <summary>The type bits of <see cref="Mode"/>.</summary>
    public FileKind Kind => (FileKind)(Mode & 0xF000);

    /// <summary>Permission, setuid, setgid and sticky bits.</summary>
    public uint Permissions => Mode & 0xFFF;

    public bool IsDirectory => Kind == FileKind.Directory;

    public bool IsRegular => Kind == FileKind.Regular;

    public bool IsSymbolicLink => Kind == FileKind.SymbolicLink;

    public uint LinkCount { get; }

    public uint Uid { get; }

    public uint Gid { get; }

    public ulong Inode { get; }

    public long SizeBytes { get; }

    /// <summary>Allocated blocks of 512 bytes.</summary>
    public ulong Blocks512 { get; }

    /// <summary>The file system that the file is on.</summary>
    public DeviceNumber Device { get; }

    /// <summary>The device that a device node stands for.</summary>
    public DeviceNumber RawDevice { get; }

    public FileTime AccessTime { get; }

    public FileTime ModifyTime { get; }

    public FileTime ChangeTime { get; }

    /// <summary>The mount that the file was reached by (Linux 5.8), else 0.</summary>
    public ulong MountId { get; }

    /// <summary>Whether the file is the root of a mount (Linux 5.8).</summary>
    public bool IsMountRoot { get; }
}
