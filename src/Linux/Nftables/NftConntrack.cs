namespace MiniDock.Linux.Nftables;

/// <summary>Facts about a packet's connection, NFT_CT_*.</summary>
public enum NftConntrack : uint
{
    State = 0,
    Direction = 1,
    Status = 2,
    Mark = 3,
}
