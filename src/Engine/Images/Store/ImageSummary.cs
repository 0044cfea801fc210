using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Images.Store;

/// <summary>A row of <c>images</c>.</summary>
public sealed record ImageSummary
{
    public required Digest Id { get; init; }

    public required ImageConfig Config { get; init; }

    /// <summary>Its names; none for a dangling image.</summary>
    public required IReadOnlyList<ImageReference> References { get; init; }

    /// <summary>Bytes of the files of all its layers.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Part of it that other images have too.</summary>
    public required long SharedBytes { get; init; }

    /// <summary>How many containers use it.</summary>
    public required int Containers { get; init; }
}
