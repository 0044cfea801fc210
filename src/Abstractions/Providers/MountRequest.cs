using MiniDock.Abstractions.Model;

namespace MiniDock.Abstractions.Providers;

/// <summary>A mount to be planned.</summary>
/// <param name="Mount">What was asked.</param>
/// <param name="Index">Its place, from 0; step ids start with <c>mount.{Index}.</c>.</param>
/// <param name="Spec">The container.</param>
/// <param name="Host">The host.</param>
/// <param name="Paths">The engine's directories.</param>
public sealed record MountRequest(MountSpec Mount, int Index, ContainerSpec Spec, HostFacts Host, EnginePaths Paths);
