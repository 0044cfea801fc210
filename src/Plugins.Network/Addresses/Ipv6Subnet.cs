using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace MiniDock.Plugins.Network.Addresses;

/// <summary>An IPv6 network in CIDR form; its host bits are zero. Its first address is every router's (RFC 4291, 2.6.1), so no host's.</summary>
public readonly record struct Ipv6Subnet
{
    private const int Bits = 128;
    private const int UlaPrefixLength = 64;

    private readonly UInt128 _network;

    private Ipv6Subnet(UInt128 network, int prefixLength)
    {
        _network = network;
        PrefixLength = prefixLength;
    }

    /// <summary>Its first address.</summary>
    public IPAddress Network => ToAddress(_network);

    /// <summary>Network bits.</summary>
    public int PrefixLength { get; }

    /// <summary>Lowest address that a host may have.</summary>
    public IPAddress First => ToAddress(_network + 1);

    /// <summary>Whether a gateway and a container have room, and hosts of the internet or of one site may have the addresses.</summary>
    public bool IsUsable
    {
        get
        {
            var network = Network;
            return PrefixLength is > 2 and <= Bits - 2 && !network.IsIPv6Multicast && !network.IsIPv6LinkLocal && !network.IsIPv4MappedToIPv6 && _network >> 64 != 0;
        }
    }

    private UInt128 HostMask => PrefixLength == 0 ? UInt128.MaxValue : (UInt128.One << (Bits - PrefixLength)) - 1;

    /// <summary>A network for local use that nobody else has, by chance: 40 random bits (RFC 4193, 3.2).</summary>
    public static Ipv6Subnet Random()
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        bytes[0] = 0xfd;
        RandomNumberGenerator.Fill(bytes[1..6]);
        return new Ipv6Subnet(BinaryPrimitives.ReadUInt128BigEndian(bytes), UlaPrefixLength);
    }

    /// <summary>Parses <c>fd00::/64</c>. Host bits must be zero.</summary>
    public static bool TryParse(string text, out Ipv6Subnet subnet)
    {
        subnet = default;
        var slash = text.IndexOf('/');
        if (slash < 0 || !TryParseAddress(text[..slash], out var address)
            || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > Bits)
        {
            return false;
        }

        subnet = new Ipv6Subnet(ToNumber(address), length);
        return (subnet._network & subnet.HostMask) == 0;
    }

    /// <summary>Parses an IPv6 address without a zone.</summary>
    public static bool TryParseAddress(string text, out IPAddress address)
    {
        var isOne = IPAddress.TryParse(text, out var parsed) && parsed.AddressFamily == AddressFamily.InterNetworkV6 && !text.Contains('%');
        address = parsed ?? IPAddress.IPv6None;
        return isOne;
    }

    /// <summary>Parses <c>fd00::/64</c>.</summary>
    /// <exception cref="FormatException">It is no IPv6 network.</exception>
    public static Ipv6Subnet Parse(string text) => TryParse(text, out var subnet) ? subnet : throw new FormatException($"'{text}' is not an IPv6 network");

    /// <summary>Whether the address is in it.</summary>
    public bool Contains(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 && (ToNumber(address) & ~HostMask) == _network;

    /// <summary>Whether a host may have the address.</summary>
    public bool HoldsHost(IPAddress address) => Contains(address) && ToNumber(address) != _network;

    /// <summary>Whether they share an address.</summary>
    public bool Overlaps(Ipv6Subnet other) => Contains(other.Network) || other.Contains(Network);

    /// <summary>The address that a host has by its number; numbers that are too large begin anew.</summary>
    public IPAddress Host(uint number) => ToAddress(_network + 1 + (number % HostMask));

    /// <summary>The first address behind its last.</summary>
    public IPAddress Behind => ToAddress(_network + HostMask + 1);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Network}/{PrefixLength}");

    private static UInt128 ToNumber(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private static IPAddress ToAddress(UInt128 number)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new IPAddress(bytes);
    }
}
