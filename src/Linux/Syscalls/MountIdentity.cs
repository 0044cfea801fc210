namespace MiniDock.Linux;

/// <summary>Which mount is meant, as statx(2) and /proc/PID/mountinfo number them.</summary>
/// <param name="Id">Its number while it exists (Linux 5.8); later mounts may get it again.</param>
/// <param name="UniqueId">Its number among all mounts since the machine started (Linux 6.8), else 0.</param>
public readonly record struct MountIdentity(int Id, ulong UniqueId);
