namespace MiniDock.Abstractions.Model;

/// <summary>An interface that a running container got.</summary>
/// <param name="Network">Network or provider.</param>
/// <param name="Interface">Name inside, such as <c>eth0</c>.</param>
/// <param name="Address">Address with prefix length, or null.</param>
/// <param name="Gateway">Default gateway, or null.</param>
/// <param name="MacAddress">Hardware address, or null.</param>
public sealed record NetworkEndpoint(string Network, string Interface, string? Address, string? Gateway, string? MacAddress)
{
    /// <summary>IPv6 address with prefix length, or null.</summary>
    public string? Address6 { get; init; }

    /// <summary>Default gateway of IPv6, or null.</summary>
    public string? Gateway6 { get; init; }

    /// <summary>Id of the network, or null where it has none.</summary>
    public string? NetworkId { get; init; }
}
