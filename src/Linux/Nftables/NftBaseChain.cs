namespace MiniDock.Linux.Nftables;

/// <summary>What makes a chain a base chain.</summary>
/// <param name="Type"><c>filter</c>, <c>nat</c> or <c>route</c>.</param>
/// <param name="Hook">Where packets enter it.</param>
/// <param name="Priority">Lower runs first; see the constants.</param>
/// <param name="Policy">What becomes of a packet that no rule decides: accept or drop.</param>
public sealed record NftBaseChain(string Type, NftHook Hook, int Priority, NftVerdict Policy = NftVerdict.Accept)
{
    /// <summary><c>dstnat</c>.</summary>
    public const int DestinationNat = -100;

    /// <summary><c>filter</c>.</summary>
    public const int Filter = 0;

    /// <summary><c>srcnat</c>.</summary>
    public const int SourceNat = 100;
}
