namespace MiniDock.Plugins.Storage.Volumes;

/// <summary>What a volume is; what it holds lies beside.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Created">When it was made, UTC.</param>
public sealed record VolumeDefinition(string Name, DateTimeOffset Created)
{
    /// <summary>Who provides it: <c>local</c>.</summary>
    public string Driver { get; init; } = LocalDriver;

    /// <summary>Whether it was given no name: it goes with the container that it was made for, and <c>prune</c> takes it without being asked for all.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = None;

    /// <summary>Options of the provider: <c>type</c>, <c>o</c> and <c>device</c> of mount(8), or <c>size</c> in bytes and <c>fs</c>.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = None;

    /// <summary>Whether something has to be mounted before it can be used.</summary>
    public bool IsMounted => Options.Count > 0;

    /// <summary>The built-in provider.</summary>
    public const string LocalDriver = "local";

    internal static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();
}
