using System.Globalization;
using System.Net;

namespace MiniDock.Plugins.Network.Addresses;

/// <summary>An IPv4 network in CIDR form; its host bits are zero.</summary>
public readonly record struct Ipv4Subnet
{
    /// <summary>Makes the network that an address is in.</summary>
    /// <param name="address">Any address of it.</param>
    /// <param name="prefixLength">Network bits, 0 to 32.</param>
    public Ipv4Subnet(Ipv4Address address, int prefixLength)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)prefixLength, 32u, nameof(prefixLength));
        PrefixLength = prefixLength;
        Network = new Ipv4Address(address.Value & Mask);
    }

    /// <summary>Its first address.</summary>
    public Ipv4Address Network { get; }

    /// <summary>Network bits.</summary>
    public int PrefixLength { get; }

    /// <summary>Its last address.</summary>
    public Ipv4Address Broadcast => new(Network.Value | ~Mask);

    /// <summary>Lowest address that a host may have.</summary>
    public Ipv4Address First => new(Network.Value + 1);

    /// <summary>Highest address that a host may have.</summary>
    public Ipv4Address Last => new(Broadcast.Value - 1);

    /// <summary>How many addresses hosts may have; 0 for /31 and /32, which hold no gateway beside a container.</summary>
    public long HostCount => PrefixLength >= 31 ? 0 : (1L << (32 - PrefixLength)) - 2;

    private uint Mask => PrefixLength == 0 ? 0 : uint.MaxValue << (32 - PrefixLength);

    /// <summary>Parses <c>a.b.c.d/n</c>. Host bits must be zero.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Ipv4Subnet subnet)
    {
        subnet = default;
        var slash = text.IndexOf('/');
        if (slash < 0
            || !Ipv4Address.TryParse(text[..slash], out var address)
            || !int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || length > 32)
        {
            return false;
        }

        subnet = new Ipv4Subnet(address, length);
        return subnet.Network == address;
    }

    /// <summary>Parses <c>a.b.c.d/n</c>.</summary>
    /// <exception cref="FormatException">It is no IPv4 network.</exception>
    public static Ipv4Subnet Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var subnet) ? subnet : throw new FormatException($"'{text}' is not an IPv4 network");

    /// <summary>Whether the address is in it.</summary>
    public bool Contains(Ipv4Address address) => (address.Value & Mask) == Network.Value;

    /// <summary>Whether the address is in it.</summary>
    public bool Contains(IPAddress address) => Ipv4Address.TryParse(address.ToString(), out var own) && Contains(own);

    /// <summary>Whether a host may have the address: in it, and neither its first nor its last.</summary>
    public bool HoldsHost(Ipv4Address address) => Contains(address) && address != Network && address != Broadcast;

    /// <summary>Whether they share an address.</summary>
    public bool Overlaps(Ipv4Subnet other) => Contains(other.Network) || other.Contains(Network);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Network}/{PrefixLength}");
}
