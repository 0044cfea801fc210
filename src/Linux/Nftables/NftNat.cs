namespace MiniDock.Linux.Nftables;

/// <summary>Which address of a connection is translated.</summary>
public enum NftNat : uint
{
    Source = 0,
    Destination = 1,
}
