namespace MiniDock.Abstractions.Model;

/// <summary>An interface that a running container got.</summary>
/// <param name="Network">Network or provider.</param>
/// <param name="Interface">Name inside, such as <c>eth0</c>.</param>
/// <param name="Address">Address with prefix length, or null.</param>
/// <param name="Gateway">Default gateway, or null.</param>
/// <param name="MacAddress">Hardware address, or null.</param>
public sealed record NetworkEndpoint(string Network, string Interface, string? Address, string? Gateway, string? MacAddress);
