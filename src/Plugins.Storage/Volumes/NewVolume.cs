namespace MiniDock.Plugins.Storage.Volumes;

/// <summary>A volume that is wanted.</summary>
/// <param name="Name">Its name.</param>
public sealed record NewVolume(string Name)
{
    /// <summary>Who provides it.</summary>
    public string Driver { get; init; } = VolumeDefinition.LocalDriver;

    /// <summary>Whether it was given no name.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>Size of a file system of its own, in bytes, or null.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>Type of that file system; null: ext4.</summary>
    public string? FileSystem { get; init; }

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = VolumeDefinition.None;

    /// <summary>Options of the provider.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = VolumeDefinition.None;
}
