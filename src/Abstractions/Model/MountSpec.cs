namespace MiniDock.Abstractions.Model;

/// <summary>A mount that the user asked for (<c>-v</c>, <c>--mount</c>, <c>--tmpfs</c>, <c>--ramdisk</c>).</summary>
public sealed record MountSpec
{
    /// <summary><c>bind</c>, <c>volume</c>, <c>tmpfs</c>, <c>ramdisk</c>, <c>image</c>, or a plugin's name.</summary>
    public required string Type { get; init; }

    /// <summary>Absolute path on the host, name of the volume or image; empty for tmpfs and anonymous volumes.</summary>
    public string Source { get; init; } = "";

    /// <summary>Absolute path in the container.</summary>
    public required string Target { get; init; }

    /// <summary>Mounted read-only, recursively.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Mount flags by name: <c>noexec</c>, <c>nosuid</c>, <c>nodev</c>.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Propagation, see mount_namespaces(7).</summary>
    public Propagation Propagation { get; init; } = Propagation.RPrivate;

    /// <summary>The provider's own options, such as <c>size</c> and <c>mode</c> of a tmpfs.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();
}
