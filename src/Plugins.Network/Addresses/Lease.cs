using System.Globalization;
using System.Net;
using MiniDock.Abstractions.Model;
using MiniDock.Linux.Netlink;

namespace MiniDock.Plugins.Network.Addresses;

/// <summary>An address of a network that a container holds.</summary>
/// <param name="Address">The address.</param>
/// <param name="Owner">The container.</param>
/// <param name="Attachment">Place of the attachment among the container's, from 0.</param>
/// <param name="Mac">Link-layer address that goes with it.</param>
public sealed record Lease(Ipv4Address Address, ContainerId Owner, int Attachment, MacAddress Mac)
{
    /// <summary>Its IPv6 address, or null where the network has none.</summary>
    public IPAddress? Address6 { get; init; }

    private const string Tag = "lease";

    /// <summary>The record's text.</summary>
    public string Format() => string.Create(CultureInfo.InvariantCulture, $"{Tag} {Address} {Owner} {Attachment} {Mac}{(Address6 is null ? "" : $" {Address6}")}");

    /// <summary>Reads a record; null where it is another kind, or damaged.</summary>
    public static Lease? Parse(string record)
    {
        var fields = record.Split(' ');
        IPAddress? address6 = null;
        return fields is [Tag, var address, var owner, var attachment, var mac, .. var more]
            && (more.Length == 0 || (more.Length == 1 && Ipv6Subnet.TryParseAddress(more[0], out address6)))
            && Ipv4Address.TryParse(address, out var parsedAddress)
            && ContainerId.TryParse(owner, out var parsedOwner)
            && int.TryParse(attachment, NumberStyles.None, CultureInfo.InvariantCulture, out var parsedAttachment)
            && MacAddress.TryParse(mac, out var parsedMac)
                ? new Lease(parsedAddress, parsedOwner, parsedAttachment, parsedMac) { Address6 = address6 }
                : null;
    }
}
