namespace MiniDock.Linux;

/// <summary>Flags of <c>umount2(2)</c>.</summary>
[Flags]
public enum UmountFlags
{
    None = 0,
    Force = 1,

    /// <summary>Take the mount out of sight now, clean up when it is no longer used (MNT_DETACH).</summary>
    Detach = 2,
    Expire = 4,
    NoFollow = 8,
}
