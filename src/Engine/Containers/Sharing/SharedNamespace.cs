using MiniDock.Abstractions.Model;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Sharing;

/// <summary>A namespace with all that is known to be in it.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Id">What makes it itself.</param>
/// <param name="IsHost">Whether the engine is in it.</param>
/// <param name="Containers">Names of the running containers whose first process is in it.</param>
/// <param name="Pins">Names that it is pinned under.</param>
public sealed record SharedNamespace(NamespaceType Type, NamespaceId Id, bool IsHost, IReadOnlyList<string> Containers, IReadOnlyList<string> Pins);
