using MiniDock.Abstractions.Model;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Sharing;

/// <summary>A namespace that a name keeps alive.</summary>
/// <param name="Name">Its name, unique in a run root.</param>
/// <param name="Type">Its kind.</param>
/// <param name="Id">What makes it itself.</param>
public sealed record PinnedNamespace(string Name, NamespaceType Type, NamespaceId Id);
