namespace MiniDock.Engine.Images;

/// <summary>How one layer, or a change without one, came to be (OCI image spec, <c>history</c>).</summary>
public sealed record ImageHistory
{
    public DateTimeOffset? Created { get; init; }

    public string? CreatedBy { get; init; }

    public string? Author { get; init; }

    public string? Comment { get; init; }

    /// <summary>It changed the config only.</summary>
    public bool IsEmptyLayer { get; init; }
}
