namespace MiniDock.Abstractions.Plugins;

/// <summary>A mount that the engine makes for a storage plugin.</summary>
public sealed record PluginMount
{
    /// <summary>A device, a directory for <c>bind</c>, or whatever the file system takes.</summary>
    public required string Source { get; init; }

    /// <summary>A path below the target that was asked for; empty: the target itself.</summary>
    public string Target { get; set; } = "";

    /// <summary>Type of the file system, or <c>bind</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Mount flags by name: <c>ro nosuid nodev noexec noatime</c>.</summary>
    public IReadOnlyList<string> Flags { get; set; } = [];

    /// <summary>The file system's own options, separated by commas, or null.</summary>
    public string? Data { get; init; }
}
