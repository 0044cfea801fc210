using System.Globalization;
using MiniDock.Abstractions;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Definitions;

namespace MiniDock.Plugins.Network.Stacked;

/// <summary>The device that a made network lies on: one of the host's, or one that belongs to the network and goes with it.</summary>
public static class StackedParent
{
    private const int LastVlan = 4094;

    /// <summary>Reads <c>DEVICE.ID</c>, the name that a VLAN of a device goes by.</summary>
    /// <returns>Null where it is no such name.</returns>
    public static (string Device, ushort VlanId)? Vlan(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot > 0 && ushort.TryParse(name.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id is >= 1 and <= LastVlan
            ? (name[..dot], id)
            : null;
    }

    /// <summary>The device's index; it is made where it belongs to the network and is not there.</summary>
    /// <exception cref="EngineException">The host has no such device.</exception>
    internal static int Ensure(NetlinkSocket socket, NetworkDefinition network)
    {
        if (socket.FindLink(network.Device) is { } found)
        {
            return found.Index;
        }

        if (!network.OwnsDevice)
        {
            throw new EngineException($"network {network.Name}: ENODEV (the host has no device {network.Device} now)", "ip link lists devices");
        }

        var batch = new RouteBatch();
        var up = new LinkSettings { Up = true };
        if (Vlan(network.Device) is var (device, id))
        {
            var below = socket.FindLink(device)
                ?? throw new EngineException($"network {network.Name}: ENODEV (the host has no device {device} now)", "ip link lists devices");
            batch.AddVlan(network.Device, below.Index, id, up);
        }
        else
        {
            batch.AddDummy(network.Device, up);
        }

        StackedErrors.Execute(socket, batch, network.Device, Vlan(network.Device) is null ? "dummy" : "vlan");
        return socket.FindLink(network.Device)!.Index;
    }

    /// <summary>Removes the device where it belongs to the network.</summary>
    internal static void Remove(NetlinkSocket socket, NetworkDefinition network)
    {
        if (network.OwnsDevice && socket.FindLink(network.Device) is { Kind: "vlan" or "dummy" } link)
        {
            var batch = new RouteBatch();
            batch.DeleteLink(link.Index, toleratesMissing: true);
            socket.Execute(batch);
        }
    }
}
