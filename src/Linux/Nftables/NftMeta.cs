namespace MiniDock.Linux.Nftables;

/// <summary>Facts about a packet beside its content, NFT_META_*.</summary>
public enum NftMeta : uint
{
    Mark = 3,
    InputIndex = 4,
    OutputIndex = 5,
    InputName = 6,
    OutputName = 7,

    /// <summary>2 for IPv4, 10 for IPv6.</summary>
    NetworkFamily = 15,
    TransportProtocol = 16,
}
