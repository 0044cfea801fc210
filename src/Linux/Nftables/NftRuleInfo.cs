namespace MiniDock.Linux.Nftables;

/// <summary>A rule as the kernel lists it.</summary>
/// <param name="Handle">Its number in the table.</param>
/// <param name="Chain">Its chain.</param>
/// <param name="Comment">Its comment, or empty.</param>
public sealed record NftRuleInfo(ulong Handle, string Chain, string Comment);
