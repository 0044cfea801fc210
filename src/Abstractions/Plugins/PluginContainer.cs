namespace MiniDock.Abstractions.Plugins;

/// <summary>The container that an operation is for.</summary>
public sealed record PluginContainer
{
    /// <summary>Its id, 64 hexadecimal digits: names of kernel objects should derive from it.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Process id of its first process on the host; left out where there is none.</summary>
    public int? Pid { get; init; }

    /// <summary>Its run directory, which goes with the run.</summary>
    public required string Bundle { get; init; }

    /// <summary>Whether the engine is not root.</summary>
    public bool Rootless { get; init; }

    /// <summary>Its labels. They come from the image too, so they must not steer what is done to the host.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; set; } = new Dictionary<string, string>();
}
