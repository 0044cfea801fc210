namespace MiniDock.Linux.Nftables;

/// <summary>An element to add to or take from a set.</summary>
/// <param name="Key">The key, or the first key of a range.</param>
/// <param name="Data">What a map gives for it.</param>
public sealed record NftElement(NftValue Key, NftValue? Data = null)
{
    /// <summary>In a map of verdicts, what to do.</summary>
    public NftVerdict? Verdict { get; init; }

    /// <summary>The chain of a jump.</summary>
    public string? Chain { get; init; }

    /// <summary>In a set of single-field ranges: the first key after the range.</summary>
    public NftValue? End { get; init; }

    /// <summary>In a set of concatenated ranges: the last key of the range.</summary>
    public NftValue? Last { get; init; }
}
