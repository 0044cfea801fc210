using System.Globalization;
using MiniDock.Abstractions.Model;

namespace MiniDock.Plugins.Network.Names;

/// <summary>A name by which the containers of a network find one of them.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsAlias">Whether it is one more name; else it is the container's own, and the first digits of its id go with it.</param>
/// <param name="Owner">The container.</param>
/// <param name="Attachment">Place of the attachment among the container's, from 0.</param>
/// <param name="Addresses">Its addresses in the network, separated by commas.</param>
public sealed record NamedEndpoint(string Name, bool IsAlias, ContainerId Owner, int Attachment, string Addresses)
{
    private const string NameTag = "name";
    private const string AliasTag = "alias";

    /// <summary>The record's text.</summary>
    public string Format() =>
        string.Create(CultureInfo.InvariantCulture, $"{(IsAlias ? AliasTag : NameTag)} {Name} {Owner} {Attachment} {Addresses}");

    /// <summary>Reads a record; null where it is another kind, or damaged.</summary>
    public static NamedEndpoint? Parse(string record) =>
        record.Split(' ') is [NameTag or AliasTag, var name, var owner, var attachment, var addresses] fields
        && ContainerName.IsValid(name)
        && ContainerId.TryParse(owner, out var parsedOwner)
        && int.TryParse(attachment, NumberStyles.None, CultureInfo.InvariantCulture, out var parsedAttachment)
        && Array.TrueForAll(addresses.Split(','), a => System.Net.IPAddress.TryParse(a, out _))
            ? new NamedEndpoint(name, fields[0] == AliasTag, parsedOwner, parsedAttachment, addresses)
            : null;
}
