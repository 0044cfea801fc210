using MiniDock.Plugins.Network.Addresses;

namespace MiniDock.Plugins.Network.Definitions;

/// <summary>A network that containers can be attached to, as its file in <c>networks/</c> describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Driver">The provider that makes it, such as <c>bridge</c>.</param>
/// <param name="Subnet">Pool of its addresses.</param>
/// <param name="Gateway">Address of the host in it.</param>
/// <param name="Device">Name of the host's interface that carries it.</param>
/// <param name="MtuBytes">Largest packet; 0: the kernel's default.</param>
public sealed record NetworkDefinition(
    string Name,
    string Driver,
    Ipv4Subnet Subnet,
    Ipv4Address Gateway,
    string Device,
    int MtuBytes)
{
    /// <summary>How many addresses its containers can have.</summary>
    public long Capacity => Subnet.HostCount - 1;
}
