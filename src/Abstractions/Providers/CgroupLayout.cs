namespace MiniDock.Abstractions.Providers;

/// <summary>Where the host's control groups are.</summary>
/// <param name="Mode">Their set-up.</param>
/// <param name="UnifiedMount">Mount point of cgroup2, or null.</param>
/// <param name="V1Mounts">Controller (or <c>name=systemd</c>) to mount point of its v1 hierarchy.</param>
/// <param name="UnifiedControllers">Controllers of the v2 root's cgroup.controllers.</param>
public sealed record CgroupLayout(
    CgroupMode Mode,
    string? UnifiedMount,
    IReadOnlyDictionary<string, string> V1Mounts,
    IReadOnlyList<string> UnifiedControllers);
