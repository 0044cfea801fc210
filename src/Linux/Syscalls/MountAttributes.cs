namespace MiniDock.Linux;

/// <summary>Attributes of one mount, MOUNT_ATTR_*, for <c>mount_setattr(2)</c> and <c>fsmount(2)</c>.</summary>
[Flags]
public enum MountAttributes : ulong
{
    None = 0,
    ReadOnly = 1,
    NoSuid = 2,
    NoDev = 4,
    NoExec = 8,
    NoAtime = 0x10,
    StrictAtime = 0x20,

    /// <summary>The bits that choose among relatime (0), noatime and strictatime.</summary>
    AtimeMask = 0x70,
    NoDirAtime = 0x80,
    IdMap = 0x10_0000,
    NoSymFollow = 0x20_0000,
}
