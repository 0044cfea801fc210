using System.Globalization;
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
    private const string Tag = "lease";

    /// <summary>The record's text.</summary>
    public string Format() => string.Create(CultureInfo.InvariantCulture, $"{Tag} {Address} {Owner} {Attachment} {Mac}");

    /// <summary>Reads a record; null where it is another kind, or damaged.</summary>
    public static Lease? Parse(string record)
    {
        var fields = record.Split(' ');
        return fields is [Tag, var address, var owner, var attachment, var mac]
            && Ipv4Address.TryParse(address, out var parsedAddress)
            && ContainerId.TryParse(owner, out var parsedOwner)
            && int.TryParse(attachment, NumberStyles.None, CultureInfo.InvariantCulture, out var parsedAttachment)
            && MacAddress.TryParse(mac, out var parsedMac)
                ? new Lease(parsedAddress, parsedOwner, parsedAttachment, parsedMac)
                : null;
    }
}
