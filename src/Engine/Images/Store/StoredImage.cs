using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Images.Store;

/// <summary>An image in the store.</summary>
/// <param name="Id">Digest of its config.</param>
/// <param name="Config">Its config.</param>
public sealed record StoredImage(Digest Id, ImageConfig Config);
