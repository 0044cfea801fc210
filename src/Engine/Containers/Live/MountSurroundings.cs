using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Containers.Live;

/// <summary>What making a mount depends on beside the mount itself.</summary>
/// <param name="Spec">The container.</param>
/// <param name="Host">The host.</param>
/// <param name="Paths">The engine's directories.</param>
internal sealed record MountSurroundings(ContainerSpec Spec, HostFacts Host, EnginePaths Paths);
