namespace MiniDock.Linux.Netlink;

/// <summary>Netlink families that we speak, <c>netlink(7)</c>.</summary>
public enum NetlinkProtocol
{
    /// <summary>Links, addresses, routes.</summary>
    Route = 0,

    /// <summary>nftables.</summary>
    Netfilter = 12,
}
