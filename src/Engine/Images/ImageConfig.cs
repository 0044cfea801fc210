using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Images;

/// <summary>An image's config (OCI image spec, config.md): what a container of it starts from.</summary>
public sealed record ImageConfig
{
    public DateTimeOffset? Created { get; init; }

    public string? Author { get; init; }

    public string Architecture { get; init; } = "amd64";

    public string Os { get; init; } = "linux";

    /// <summary>RunConfig of the first process.</summary>
    public ImageRunConfig RunConfig { get; init; } = new();

    /// <summary>Digests of the layers' tars, lowest first.</summary>
    public IReadOnlyList<Digest> DiffIds { get; init; } = [];

    public IReadOnlyList<ImageHistory> History { get; init; } = [];
}
