using System.Net;

namespace MiniDock.Linux.Netlink;

/// <summary>A route of the main table as the kernel lists it.</summary>
/// <param name="Destination">The network, or null for a default route.</param>
/// <param name="PrefixLength">Bits of the network.</param>
/// <param name="Gateway">The next hop, or null.</param>
/// <param name="LinkIndex">The link, or 0.</param>
/// <param name="Metric">The priority.</param>
public sealed record RouteInfo(IPAddress? Destination, int PrefixLength, IPAddress? Gateway, int LinkIndex, uint Metric)
{
    /// <summary>The source address that packets on it prefer, or null.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>Whether the kernel made it itself, with an address of the link: it comes and goes with that.</summary>
    public bool IsOfKernel { get; init; }
}
