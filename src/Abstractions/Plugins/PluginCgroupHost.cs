namespace MiniDock.Abstractions.Plugins;

/// <summary>Where the host's control groups are.</summary>
public sealed record PluginCgroupHost
{
    /// <summary>Mount point of cgroup2, or null.</summary>
    public string? Unified { get; init; }

    /// <summary>Controllers of the unified hierarchy.</summary>
    public IReadOnlyList<string> UnifiedControllers { get; set; } = [];

    /// <summary>Controller to mount point of its version 1 hierarchy.</summary>
    public IReadOnlyDictionary<string, string> V1 { get; set; } = new Dictionary<string, string>();
}
