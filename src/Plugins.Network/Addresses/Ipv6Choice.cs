using System.Net;
using MiniDock.Abstractions;
using MiniDock.Plugins.Network.Definitions;

namespace MiniDock.Plugins.Network.Addresses;

/// <summary>Chooses the IPv6 address of a lease. It follows the IPv4 address, which is the container's alone and not given again at once: so is this one.</summary>
internal sealed class Ipv6Choice(NetworkDefinition network, IReadOnlyList<Lease> leases)
{
    /// <summary>The address; null where the network has none.</summary>
    /// <param name="address">The IPv4 address.</param>
    /// <param name="wanted">The address that must be had, or null for any.</param>
    /// <param name="isOrphan">Whether nobody uses a lease any more.</param>
    /// <exception cref="EngineException">The address is taken, or none of the network.</exception>
    public IPAddress? Of(Ipv4Address address, IPAddress? wanted, Predicate<Lease> isOrphan)
    {
        if (network.Subnet6 is not { } subnet)
        {
            return null;
        }

        if (wanted is null)
        {
            return Free(subnet, address.Value - network.Subnet.First.Value);
        }

        if (!subnet.HoldsHost(wanted) || wanted.Equals(network.Gateway6))
        {
            throw new EngineException(
                $"assign address {wanted} in network {network.Name}: EINVAL (not a container's address of {subnet})", $"the gateway {network.Gateway6} is the host's");
        }

        return leases.FirstOrDefault(l => wanted.Equals(l.Address6) && !isOrphan(l)) is { } holder
            ? throw new EngineException(
                $"assign address {wanted} in network {network.Name}: EADDRINUSE (held by container {holder.Owner.Short})",
                "choose another address, or none to be given a free one")
            : wanted;
    }

    private IPAddress Free(Ipv6Subnet subnet, uint first)
    {
        var taken = leases.Select(l => l.Address6).OfType<IPAddress>().Append(network.Gateway6).ToHashSet();

        // Of one more than are taken one is free, unless the subnet is smaller.
        for (var i = 0u; i <= taken.Count; i++)
        {
            if (subnet.Host(first + i) is var address && !taken.Contains(address))
            {
                return address;
            }
        }

        throw new EngineException(
            $"assign an address in network {network.Name}: ENOSPC (all addresses of {subnet} are in use)", "end a container of this network, or use a network with a larger subnet");
    }
}
