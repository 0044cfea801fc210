using MiniDock.Abstractions.Model;

namespace MiniDock.Abstractions.Providers;

/// <summary>Control groups to be planned or read.</summary>
/// <param name="Spec">The container.</param>
/// <param name="Host">The host.</param>
/// <param name="Paths">The engine's directories.</param>
public sealed record CgroupRequest(ContainerSpec Spec, HostFacts Host, EnginePaths Paths);
