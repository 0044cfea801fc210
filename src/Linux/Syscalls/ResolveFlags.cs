namespace MiniDock.Linux;

/// <summary>How <c>openat2(2)</c> walks a path, RESOLVE_*.</summary>
[Flags]
public enum ResolveFlags : ulong
{
    None = 0,

    /// <summary>Do not cross mount points.</summary>
    NoXDev = 1,

    /// <summary>Do not follow links such as /proc/self/fd/N.</summary>
    NoMagicLinks = 2,

    /// <summary>Follow no symbolic link at all.</summary>
    NoSymlinks = 4,

    /// <summary>Fail where the path leaves the directory.</summary>
    Beneath = 8,

    /// <summary>Treat the directory as the root, as after chroot.</summary>
    InRoot = 0x10,
}
