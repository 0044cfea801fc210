using MiniDock.Abstractions;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Addresses;
using MiniDock.Plugins.Network.Definitions;

namespace MiniDock.Plugins.Network.Bridge;

/// <summary>The bridge device of a network on the host.</summary>
internal sealed class BridgeDevice(NetlinkSocket socket, NetworkDefinition network)
{
    private const string LinkKind = "bridge";

    /// <summary>Makes it where it is missing, and sets what somebody changed: its address, and that it is up.</summary>
    /// <param name="leases">Whose containers are connected again where the bridge had to be made anew.</param>
    /// <param name="reconnects">Connects them in any case.</param>
    /// <returns>Index of the device, and whether it had to be made.</returns>
    public (int Index, bool IsNew) Ensure(LeaseBook leases, bool reconnects = false)
    {
        var found = socket.FindLink(network.Device);
        var isNew = found is null;
        if (found is null)
        {
            var creation = new RouteBatch();
            creation.AddBridge(network.Device, Settings(), toleratesExisting: true);
            socket.Execute(creation);
            found = socket.FindLink(network.Device)
                ?? throw new EngineException($"bridge {network.Device}: ENODEV (removed while it was being made)", "run the command again");
        }

        if (found.Kind != LinkKind)
        {
            throw new EngineException(
                $"bridge {network.Device}: EEXIST (an interface of this name is no bridge)",
                $"rename that interface, or name another \"device\" in the definition of network {network.Name}");
        }

        if (network.Subnet6 is not null)
        {
            Ipv6Interface.Prepare(network.Device);
        }

        if (!found.IsUp || !HasAddresses(found.Index))
        {
            var batch = new RouteBatch();
            batch.AddAddress(found.Index, network.Gateway.ToIPAddress(), network.Subnet.PrefixLength, toleratesExisting: true);
            if (network is { Subnet6: { } subnet6, Gateway6: { } gateway6 })
            {
                batch.AddAddress(found.Index, gateway6, subnet6.PrefixLength, toleratesExisting: true);
            }

            batch.SetLink(found.Index, new LinkSettings { Up = true });
            socket.Execute(batch);
        }

        if (isNew || reconnects)
        {
            Reconnect(found.Index, leases.Of(network.Name));
        }

        return (found.Index, isNew);
    }

    // A bridge without an address of its own takes that of a port, and changes it as ports come and go.
    private LinkSettings Settings() => new()
    {
        Address = network.Gateway.ToMacAddress(),
        MtuBytes = network.MtuBytes > 0 ? network.MtuBytes : null,
    };

    private bool HasAddresses(int index)
    {
        var present = socket.Addresses(index);
        return present.Exists(a => a.PrefixLength == network.Subnet.PrefixLength && a.Address.Equals(network.Gateway.ToIPAddress()))
            && (network.Subnet6 is not { } subnet6 || present.Exists(a => a.PrefixLength == subnet6.PrefixLength && a.Address.Equals(network.Gateway6)));
    }

    private void Reconnect(int index, IReadOnlyList<Lease> leases)
    {
        if (leases.Count == 0)
        {
            return;
        }

        var batch = new RouteBatch();
        foreach (var link in socket.Links())
        {
            if (link.Master == 0 && leases.Any(l => NetworkNames.IsHostVeth(link.Name, l.Owner, l.Attachment)))
            {
                batch.SetLink(link.Index, new LinkSettings { Master = index });
            }
        }

        // One that ended meanwhile is no loss.
        socket.TryExecute(batch);
    }
}
