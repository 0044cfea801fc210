namespace MiniDock.Abstractions.Plugins;

/// <summary>An attachment to a network.</summary>
public sealed record PluginNetworkRequest
{
    /// <summary>What stood behind the colon: <c>--net PLUGIN:INSTANCE</c>.</summary>
    public string? Instance { get; init; }

    /// <summary>Its number in the container, from 0: with the container's id it names an attachment.</summary>
    public int Index { get; init; }

    /// <summary>Name that the interface inside must have.</summary>
    public required string Interface { get; init; }

    /// <summary>Whether it carries the default route.</summary>
    public bool DefaultRoute { get; init; }
}
