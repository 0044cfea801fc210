using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Snapshots;

/// <summary>What <c>commit</c> was asked for.</summary>
public sealed record CommitRequest
{
    /// <summary>The new image's name, or null for none.</summary>
    public ImageReference? Reference { get; init; }

    /// <summary>Who made it.</summary>
    public string? Author { get; init; }

    /// <summary>Comment in the image's history.</summary>
    public string? Message { get; init; }

    /// <summary>Instructions as of a Dockerfile, such as <c>CMD ["sh"]</c>.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>Freeze a running container meanwhile, so that the image is what it was at one instant.</summary>
    public bool Pause { get; init; } = true;
}
