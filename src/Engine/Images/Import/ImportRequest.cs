using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Images.Import;

/// <summary>What <c>import</c> was asked for.</summary>
/// <param name="Source">A file, or <c>-</c> for standard input.</param>
public sealed record ImportRequest(string Source)
{
    /// <summary>The image's name; null: the file's own, and none for standard input.</summary>
    public ImageReference? Reference { get; init; }

    /// <summary>Instructions as of a Dockerfile, such as <c>CMD ["sh"]</c>.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>Comment in the image's history.</summary>
    public string? Message { get; init; }

    /// <summary>Wait until the image is on disk. Without, a power cut within the kernel's write-back time (half a minute) may leave it damaged.</summary>
    public bool Sync { get; init; } = true;

    public ImportLimits Limits { get; init; } = ImportLimits.Default;

    /// <summary>Called for every quarter of a MiB, on the importing thread.</summary>
    public Action<ImportProgress>? Progress { get; init; }
}
