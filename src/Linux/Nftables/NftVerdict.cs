namespace MiniDock.Linux.Nftables;

/// <summary>What becomes of a packet.</summary>
public enum NftVerdict
{
    Drop = 0,
    Accept = 1,
    Continue = -1,
    Jump = -3,
    GoTo = -4,
    Return = -5,
}
