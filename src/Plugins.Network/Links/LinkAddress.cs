using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MiniDock.Plugins.Network.Links;

/// <summary>An address of an interface with the length of its network's prefix, <c>192.0.2.7/24</c> or <c>2001:db8::7/64</c>.</summary>
/// <param name="Address">The address.</param>
/// <param name="PrefixLength">Bits of the network.</param>
public sealed record LinkAddress(IPAddress Address, int PrefixLength)
{
    /// <summary>Whether it is of IPv6.</summary>
    public bool IsVersion6 => Address.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>Reads <c>ADDRESS/PREFIX</c>.</summary>
    /// <returns>Null where it is none.</returns>
    public static LinkAddress? TryParse(string text)
    {
        var slash = text.IndexOf('/');
        return slash > 0 && IPAddress.TryParse(text.AsSpan(0, slash), out var address)
            && int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && length >= 1 && length <= (address.AddressFamily == AddressFamily.InterNetworkV6 ? 128 : 32)
            ? new LinkAddress(address, length)
            : null;
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static LinkAddress Parse(string text) => TryParse(text) ?? throw new FormatException($"'{text}' is no address with a prefix");

    /// <inheritdoc/>
    public override string ToString() => $"{Address}/{PrefixLength.ToString(CultureInfo.InvariantCulture)}";
}
