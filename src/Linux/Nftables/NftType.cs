namespace MiniDock.Linux.Nftables;

/// <summary>Types of keys and data as nft numbers them. The kernel only stores them, so that <c>nft list</c> can print the set.</summary>
public enum NftType : uint
{
    Ip4Address = 7,
    Ip6Address = 8,
    EtherAddress = 9,
    InetProtocol = 12,
    InetService = 13,
    Mark = 19,
    InterfaceIndex = 20,
    InterfaceName = 41,

    /// <summary>Data only: what to do.</summary>
    Verdict = 0xFFFF_FF00,
}
