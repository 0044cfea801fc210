namespace MiniDock.Abstractions.Model;

/// <summary>How a container gets one of its namespaces.</summary>
/// <param name="Type">Which.</param>
/// <param name="Mode">New, the host's, or an existing one.</param>
/// <param name="Target">For <see cref="NamespaceMode.Container"/> the container's full id; for <see cref="NamespaceMode.Path"/> an nsfs file.</param>
public sealed record NamespaceSpec(NamespaceType Type, NamespaceMode Mode, string? Target = null);
