namespace MiniDock.Linux.Nftables;

/// <summary>Families of tables, NFPROTO_*.</summary>
public enum NftFamily : byte
{
    /// <summary>All, in queries only.</summary>
    Any = 0,

    /// <summary>IPv4 and IPv6.</summary>
    Inet = 1,
    Ip = 2,
    Bridge = 7,
    Ip6 = 10,
}
