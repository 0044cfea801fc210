using System.Globalization;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Plugins.Network.Links;
using MiniDock.Plugins.Network.Names;

namespace MiniDock.Plugins.Network.Stacked;

/// <summary>What an attachment to a device of the host, or to a network on one, asks for.</summary>
/// <param name="Network">The made network, or null: the user gives the addresses.</param>
/// <param name="Parent">The device.</param>
/// <param name="Mode">How the device is shared.</param>
/// <param name="Link">Addresses and the like; of a made network without those that its pool gives.</param>
/// <param name="Address">The address of the pool that it must get, or null.</param>
/// <param name="HasRoute">Whether it gets the default route.</param>
/// <param name="Aliases">Its other names in a made network.</param>
public sealed record StackedOptions(NetworkDefinition? Network, string Parent, string Mode, LinkOptions Link, string? Address, bool HasRoute, IReadOnlyList<string> Aliases)
{
    /// <summary>Reads the keys, naming all that is wrong with them.</summary>
    public static StackedOptions? Read(StackedKind kind, NetworkRequest request, ICollection<Problem> problems)
    {
        var shown = NameProblems.Shown(request.Attachment.ToString());
        if (request.Attachment.Instance is not { Length: > 0 } instance)
        {
            problems.Add(new($"network {shown}: EINVAL (names no device)", $"write --net {kind.Name}:DEVICE, or the name of a network; ip link lists devices"));
            return null;
        }

        return new DefinitionStore(request.Paths).Find(instance) is { } network && network.Driver == kind.Name
            ? OfNetwork(kind, request, network, problems)
            : OfDevice(kind, request, instance, shown, problems);
    }

    private static StackedOptions OfNetwork(StackedKind kind, NetworkRequest request, NetworkDefinition network, ICollection<Problem> problems)
    {
        var link = PooledLink.Read(request, network, problems);
        var mode = network.Options.GetValueOrDefault(kind.ModeOption) ?? kind.Modes[0];
        CheckMac(kind, mode, request, link.Link.Mac, problems);
        return new StackedOptions(network, network.Device, mode, link.Link, link.Address, link.HasRoute, link.Aliases);
    }

    private static StackedOptions OfDevice(StackedKind kind, NetworkRequest request, string device, string shown, ICollection<Problem> problems)
    {
        var link = LinkOptions.Read(request, problems, "mode");
        var mode = request.Attachment.Options.GetValueOrDefault("mode") ?? kind.Modes[0];
        if (!kind.Modes.Contains(mode))
        {
            problems.Add(new($"network {shown}: mode {NameProblems.Shown(mode)}: EINVAL (not a mode of {kind.Name})", $"its modes are {string.Join(' ', kind.Modes)}"));
        }

        CheckMac(kind, mode, request, link.Mac, problems);
        CheckDevice(request, device, shown, problems);
        var isWanted = request.IsDefaultRoute && request.Attachment.Options.GetValueOrDefault("gw") != "none";
        return new StackedOptions(null, device, mode, link, null, isWanted && (link.Gateway is not null || (kind.IsRouted(mode) && link.Addresses.Count > 0)), []);
    }

    private static void CheckDevice(NetworkRequest request, string device, string shown, ICollection<Problem> problems)
    {
        if (device == "lo")
        {
            problems.Add(new($"network {shown}: EINVAL (nothing can lie on the loopback)", "ip link lists devices"));
            return;
        }

        using var socket = NetlinkSocket.Open(NetlinkProtocol.Route);
        if (!NetworkNames.IsInterfaceName(device) || socket.FindLink(device) is null)
        {
            problems.Add(new($"network {shown}: ENODEV (neither a device of the host nor a network)", "ip link lists devices, minidock network ls networks"));
        }
    }

    private static void CheckMac(StackedKind kind, string mode, NetworkRequest request, MacAddress? mac, ICollection<Problem> problems)
    {
        if (mac is { } address && !kind.HasOwnMac(mode))
        {
            problems.Add(new($"network {NameProblems.Shown(request.Attachment.ToString())}: mac {address}: EINVAL (in mode {mode} it has the device's address)", "leave out mac="));
        }
    }
}
