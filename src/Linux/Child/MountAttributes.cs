namespace MiniDock.Linux.Child;

/// <summary>MOUNT_ATTR_* of fsmount(2) and mount_setattr(2).</summary>
[Flags]
public enum MountAttributes : uint
{
    None = 0,
    ReadOnly = 0x1,
    NoSuid = 0x2,
    NoDevices = 0x4,
    NoExec = 0x8,
    NoAccessTime = 0x10,
    StrictAccessTime = 0x20,
    NoDirectoryAccessTime = 0x80,
    NoFollowSymlinks = 0x200000,
}
