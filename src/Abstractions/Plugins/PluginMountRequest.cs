namespace MiniDock.Abstractions.Plugins;

/// <summary>A mount that is asked for.</summary>
public sealed record PluginMountRequest
{
    /// <summary>What <c>src=</c> said; empty where nothing was said.</summary>
    public string Source { get; set; } = "";

    /// <summary>Absolute path inside the container.</summary>
    public required string Target { get; init; }

    /// <summary>Its number in the container, from 0: with the container's id it names a mount.</summary>
    public int Index { get; init; }

    /// <summary>Whether the container may only read it.</summary>
    public bool ReadOnly { get; init; }
}
