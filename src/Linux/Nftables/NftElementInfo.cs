namespace MiniDock.Linux.Nftables;

/// <summary>An element as the kernel lists it.</summary>
/// <param name="Key">The key's bytes.</param>
/// <param name="Data">What a map gives; empty in sets and maps of verdicts.</param>
/// <param name="IsIntervalEnd">The key is the first after a range.</param>
public sealed record NftElementInfo(byte[] Key, byte[] Data, bool IsIntervalEnd);
