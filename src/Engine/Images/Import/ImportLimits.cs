namespace MiniDock.Engine.Images.Import;

/// <summary>What an archive may ask for before it is taken for a bomb.</summary>
public sealed record ImportLimits
{
    public static readonly ImportLimits Default = new();

    /// <summary>Unpacked archive and extracted files, each at the most.</summary>
    public long MaxBytes { get; init; } = 128L << 30;

    /// <summary>Members of the archive.</summary>
    public int MaxEntries { get; init; } = 500_000;

    /// <summary>Unpacked bytes for each packed one; asked only beyond <see cref="RatioFreeBytes"/>.</summary>
    public int MaxRatio { get; init; } = 250;

    /// <summary>Small archives may be as repetitive as they like.</summary>
    public const long RatioFreeBytes = 256L << 20;
}
