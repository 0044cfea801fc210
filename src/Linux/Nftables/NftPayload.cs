namespace MiniDock.Linux.Nftables;

/// <summary>Where an offset into a packet counts from.</summary>
public enum NftPayload : uint
{
    LinkHeader = 0,
    NetworkHeader = 1,
    TransportHeader = 2,
}
