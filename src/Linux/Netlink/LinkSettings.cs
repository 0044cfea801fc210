namespace MiniDock.Linux.Netlink;

/// <summary>What a link shall be; null leaves it to the kernel, or as it is.</summary>
public sealed record LinkSettings
{
    /// <summary>Nothing in particular.</summary>
    public static LinkSettings Default { get; } = new();

    /// <summary>IFF_UP.</summary>
    public bool? Up { get; init; }

    /// <summary>The index of the bridge (or other master) that it is a port of; 0 frees it.</summary>
    public int? Master { get; init; }

    /// <summary>The largest packet in bytes.</summary>
    public int? MtuBytes { get; init; }

    public MacAddress? Address { get; init; }

    /// <summary>Only for a link referred to by index.</summary>
    public string? NewName { get; init; }

    /// <summary>Where to create it, or to move it to.</summary>
    public NamespaceReference? Namespace { get; init; }

    /// <summary>Bridge port: send frames back out of the port they came from.</summary>
    public bool? Hairpin { get; init; }

    /// <summary>Bridge port: isolated ports do not reach each other (Linux 4.18).</summary>
    public bool? Isolated { get; init; }
}
