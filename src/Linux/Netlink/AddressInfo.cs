using System.Net;

namespace MiniDock.Linux.Netlink;

/// <summary>An address of a link as the kernel lists it.</summary>
public sealed record AddressInfo(int LinkIndex, IPAddress Address, int PrefixLength)
{
    /// <summary>Whether it has a broadcast address.</summary>
    public bool HasBroadcast { get; init; }
}
