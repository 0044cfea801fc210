namespace MiniDock.Linux.Nftables;

/// <summary>Comparisons of registers with constants, bytewise from the first.</summary>
public enum NftCompare : uint
{
    Equal = 0,
    NotEqual = 1,
    Less = 2,
    LessOrEqual = 3,
    Greater = 4,
    GreaterOrEqual = 5,
}
