namespace MiniDock.Abstractions.Plugins;

/// <summary>Result of <c>storage.attach</c>: the engine makes these mounts, the plugin makes none.</summary>
public sealed record StorageResult
{
    /// <summary>The mounts, in order; one at least.</summary>
    public IReadOnlyList<PluginMount> Mounts { get; set; } = [];
}
