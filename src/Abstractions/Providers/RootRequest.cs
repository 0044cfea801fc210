using MiniDock.Abstractions.Model;

namespace MiniDock.Abstractions.Providers;

/// <summary>A root file system to be planned.</summary>
/// <param name="Spec">The container; its image's diff ids name the layers.</param>
/// <param name="Host">The host.</param>
/// <param name="Paths">The engine's directories.</param>
public sealed record RootRequest(ContainerSpec Spec, HostFacts Host, EnginePaths Paths)
{
    /// <summary>How it is to be mounted.</summary>
    public RootAccess Access { get; init; }
}
