using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Live;

/// <summary>What <c>mount add</c> was asked for.</summary>
public sealed record MountAddition
{
    /// <summary>Type of a file system that is made for it (<c>-t</c>); null where <see cref="Source"/> is one that exists.</summary>
    public string? FileSystem { get; init; }

    /// <summary>Absolute path on the host, or a name.</summary>
    public required string Source { get; init; }

    /// <summary>The file system's own options (<c>-o</c>); one without a value has an empty one.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the containers have it again when they are started next.</summary>
    public bool IsKept { get; init; }

    /// <summary>Where to: a container, and a mount of which target, flags and propagation count.</summary>
    public required IReadOnlyList<(Store.Container Container, MountSpec Mount)> Places { get; init; }
}
