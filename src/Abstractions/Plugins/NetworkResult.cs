namespace MiniDock.Abstractions.Plugins;

/// <summary>Result of <c>net.attach</c>, in the shape of a CNI 1.0 result.</summary>
public sealed record NetworkResult
{
    /// <summary>The interfaces that were made; those inside have a <see cref="NetworkInterface.Sandbox"/>.</summary>
    public IReadOnlyList<NetworkInterface> Interfaces { get; set; } = [];

    /// <summary>Addresses.</summary>
    public IReadOnlyList<NetworkAddress> Ips { get; set; } = [];

    /// <summary>Routes inside.</summary>
    public IReadOnlyList<NetworkRoute> Routes { get; set; } = [];

    /// <summary>Name resolution; null: the engine's.</summary>
    public NetworkDns? Dns { get; init; }
}
