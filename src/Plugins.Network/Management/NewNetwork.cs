namespace MiniDock.Plugins.Network.Management;

/// <summary>What <c>network create</c> was given. Null and empty mean: not given.</summary>
public sealed record NewNetwork
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The provider that makes it.</summary>
    public string Driver { get; init; } = "bridge";

    /// <summary>Pool of its addresses, <c>10.1.0.0/24</c>.</summary>
    public string? Subnet { get; init; }

    /// <summary>The host's address in it.</summary>
    public string? Gateway { get; init; }

    /// <summary>The part of the subnet that addresses are given from.</summary>
    public string? Range { get; init; }

    /// <summary>Whether it has IPv6 addresses.</summary>
    public bool HasVersion6 { get; init; }

    /// <summary>Pool of its IPv6 addresses, <c>fd00:1::/64</c>.</summary>
    public string? Subnet6 { get; init; }

    /// <summary>The host's address in it.</summary>
    public string? Gateway6 { get; init; }

    /// <summary>Largest packet in bytes.</summary>
    public string? Mtu { get; init; }

    /// <summary>Whether nothing goes in or out.</summary>
    public bool IsInternal { get; init; }

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Options of the driver.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();
}
