namespace MiniDock.Engine.Images.Import;

/// <summary>What an archive may ask for before it is taken for a bomb.</summary>
public sealed record ImportLimits
{
    public static readonly ImportLimits Default = new();

    /// <summary>For archives of our own making.</summary>
    internal static readonly ImportLimits None = new() { MaxBytes = long.MaxValue, MaxEntries = int.MaxValue, MaxRatio = int.MaxValue };

    /// <summary>Unpacked archive and extracted files, each at the most.</summary>
    public long MaxBytes { get; init; } = 128L << 30;

    /// <summary>Members of the archive. Each takes about 120 bytes of memory: the default keeps an import below 64 MiB.</summary>
    public int MaxEntries { get; init; } = 300_000;

    /// <summary>Unpacked bytes for each packed one; asked only beyond <see cref="RatioFreeBytes"/>.</summary>
    public int MaxRatio { get; init; } = 250;

    /// <summary>Small archives may be as repetitive as they like.</summary>
    public const long RatioFreeBytes = 256L << 20;

    /// <summary>Most bytes of names, link targets and attributes together: what that many members have on average.</summary>
    internal int MaxTextBytes => (int)Math.Min(int.MaxValue, Math.Max(12L << 20, MaxEntries * 42L));
}
