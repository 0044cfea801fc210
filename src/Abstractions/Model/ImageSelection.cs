namespace MiniDock.Abstractions.Model;

/// <summary>The image of a container as it was when the container was created.</summary>
/// <param name="Reference">What the user wrote.</param>
/// <param name="Id">Digest of the image's config.</param>
/// <param name="DiffIds">Its layers, lowest first.</param>
public sealed record ImageSelection(string Reference, Digest Id, IReadOnlyList<Digest> DiffIds);
