using System.Globalization;
using System.Net;
using MiniDock.Abstractions.Model;
using MiniDock.Plugins.Network.Addresses;

namespace MiniDock.Plugins.Network.Ports;

/// <summary>A port that a container has published.</summary>
/// <param name="Binding">Host's and container's port.</param>
/// <param name="ContainerAddress">Where it leads.</param>
/// <param name="Owner">The container.</param>
/// <param name="OwnerName">Its name, for messages.</param>
public sealed record PublishedPort(PortBinding Binding, IPAddress ContainerAddress, ContainerId Owner, string OwnerName)
{
    private const string Tag = "port";

    /// <summary>In place of the container's address: others than the engine's packet filter make it lead there.</summary>
    public static IPAddress ByOthers => IPAddress.Any;

    /// <summary>Whether it is not ours to pass on.</summary>
    public bool IsByOthers => ContainerAddress.Equals(ByOthers);

    /// <summary>The record's text.</summary>
    public string Format() => string.Create(CultureInfo.InvariantCulture, $"{Tag} {Binding} {ContainerAddress} {Owner} {OwnerName}");

    /// <summary>Reads a record; null where it is another kind, or damaged.</summary>
    public static PublishedPort? Parse(string record)
    {
        if (record.Split(' ') is not [Tag, var binding, var address, var owner, var name]
            || !IPAddress.TryParse(address, out var parsedAddress)
            || !ContainerId.TryParse(owner, out var parsedOwner))
        {
            return null;
        }

        try
        {
            return new PublishedPort(PortBinding.Parse(binding), parsedAddress, parsedOwner, name);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
