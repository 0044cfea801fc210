using System.Net;

namespace MiniDock.Linux.Netlink;

/// <summary>An address of a link as the kernel lists it.</summary>
public sealed record AddressInfo(int LinkIndex, IPAddress Address, int PrefixLength);
