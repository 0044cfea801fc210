using System.Globalization;
using System.Net;
using MiniDock.Linux.Netlink;

namespace MiniDock.Plugins.Network.Addresses;

/// <summary>An IPv4 address as a number in host byte order, so that pools can count.</summary>
public readonly record struct Ipv4Address(uint Value) : IComparable<Ipv4Address>
{
    /// <summary>0.0.0.0: every address of the host.</summary>
    public static readonly Ipv4Address Any = new(0);

    /// <summary>Whether it is of 127.0.0.0/8.</summary>
    public bool IsLoopback => Value >> 24 == 127;

    /// <summary>Parses four decimal numbers; no shortened, octal or hexadecimal forms.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Ipv4Address address)
    {
        address = default;
        uint value = 0;
        var parts = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            var leadingZero = part.Length > 1 && part[0] == '0';
            if (++parts > 4 || leadingZero || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            value = (value << 8) | number;
        }

        address = new Ipv4Address(value);
        return parts == 4;
    }

    /// <summary>Parses four decimal numbers.</summary>
    /// <exception cref="FormatException">It is no IPv4 address.</exception>
    public static Ipv4Address Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not an IPv4 address");

    /// <summary>The link-layer address that goes with it (locally administered): neighbours that remember the pair stay right when the
    /// address passes to another container.</summary>
    public MacAddress ToMacAddress() => new([0x02, 0x4d, .. ToBytes()]);

    /// <summary>The same for the rest of .NET.</summary>
    public IPAddress ToIPAddress() => new(ToBytes());

    /// <summary>The same for the rest of .NET.</summary>
    public static implicit operator IPAddress(Ipv4Address address) => address.ToIPAddress();

    /// <summary>The four bytes in network byte order.</summary>
    public byte[] ToBytes() => [(byte)(Value >> 24), (byte)(Value >> 16), (byte)(Value >> 8), (byte)Value];

    /// <inheritdoc/>
    public int CompareTo(Ipv4Address other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Value >> 24}.{(Value >> 16) & 0xff}.{(Value >> 8) & 0xff}.{Value & 0xff}");
}
