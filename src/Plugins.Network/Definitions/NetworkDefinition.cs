using System.Net;
using MiniDock.Plugins.Network.Addresses;

namespace MiniDock.Plugins.Network.Definitions;

/// <summary>A network that containers can be attached to, as its file in <c>networks/</c> describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Driver">The provider that makes it, such as <c>bridge</c>.</param>
/// <param name="Subnet">Pool of its addresses.</param>
/// <param name="Gateway">Address of the host in it.</param>
/// <param name="Device">Name of the host's interface that carries it.</param>
/// <param name="MtuBytes">Largest packet; 0: the kernel's default.</param>
public sealed record NetworkDefinition(
    string Name,
    string Driver,
    Ipv4Subnet Subnet,
    Ipv4Address Gateway,
    string Device,
    int MtuBytes)
{
    // One object, so that two definitions without any are equal.
    internal static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <summary>The part of <see cref="Subnet"/> that addresses are given from; null: all of it.</summary>
    public Ipv4Subnet? Range { get; init; }

    /// <summary>Its IPv6 addresses; null: it has none.</summary>
    public Ipv6Subnet? Subnet6 { get; init; }

    /// <summary>Address of the host in <see cref="Subnet6"/>.</summary>
    public IPAddress? Gateway6 { get; init; }

    /// <summary>Whether nothing goes in or out: no default route, no translation, no published ports.</summary>
    public bool IsInternal { get; init; }

    /// <summary>Whether <see cref="Device"/> was made for the network and goes with it, where it could also be one of the host's.</summary>
    public bool OwnsDevice { get; init; }

    /// <summary>64 hexadecimal digits; null in files that were written by hand.</summary>
    public string? Id { get; init; }

    /// <summary>When it was made, UTC; null where that is not known.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Labels. They never steer the host.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = None;

    /// <summary>Options of its driver as they were given.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = None;

    /// <summary>Whether somebody made it: the default network makes itself, cannot be removed, and knows no names.</summary>
    public bool IsMade => Name != NetworkNames.Default;

    /// <summary>How many addresses its containers can have.</summary>
    public long Capacity => Range is { } range
        ? Hosts(range) - (range.Contains(Gateway) ? 1 : 0)
        : Subnet.HostCount - 1;

    // The subnet's own first and last address are no host's.
    private long Hosts(Ipv4Subnet range) =>
        (1L << (32 - range.PrefixLength)) - (range.Contains(Subnet.Network) ? 1 : 0) - (range.Contains(Subnet.Broadcast) ? 1 : 0);
}
