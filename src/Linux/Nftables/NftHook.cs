namespace MiniDock.Linux.Nftables;

/// <summary>Where packets enter a base chain, NF_INET_*; the bridge family has the same numbers.</summary>
public enum NftHook : uint
{
    PreRouting = 0,
    Input = 1,
    Forward = 2,
    Output = 3,
    PostRouting = 4,
}
