using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>What the flags came to.</summary>
/// <param name="Spec">The container, or null where there are problems.</param>
/// <param name="Problems">All mistakes.</param>
/// <param name="Warnings">What was understood differently from what was typed, a line each.</param>
public sealed record CreationResult(ContainerSpec? Spec, IReadOnlyList<Problem> Problems, IReadOnlyList<string> Warnings);
