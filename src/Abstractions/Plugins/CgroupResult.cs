namespace MiniDock.Abstractions.Plugins;

/// <summary>Result of <c>cgroup.plan</c>: the engine makes the groups, writes these files and puts the container in before its program runs.</summary>
public sealed record CgroupResult
{
    /// <summary>File to value in the group of the unified hierarchy.</summary>
    public IReadOnlyDictionary<string, string> V2 { get; set; } = new Dictionary<string, string>();

    /// <summary>Controller to its files and values, version 1.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> V1 { get; set; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>Group that the container's own is made in, or null for the usual one.</summary>
    public string? Parent { get; init; }
}
