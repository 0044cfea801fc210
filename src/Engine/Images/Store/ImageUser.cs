using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Images.Store;

/// <summary>A container as far as images go.</summary>
/// <param name="Container">Its short id, for messages.</param>
/// <param name="ImageId">Its image.</param>
/// <param name="DiffIds">The layers that it needs.</param>
/// <param name="IsRunning">Whether it has processes.</param>
public sealed record ImageUser(string Container, Digest ImageId, IReadOnlyList<Digest> DiffIds, bool IsRunning);
