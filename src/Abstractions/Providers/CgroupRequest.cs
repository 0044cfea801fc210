using MiniDock.Abstractions.Model;

namespace MiniDock.Abstractions.Providers;

/// <summary>Control groups to be planned or read.</summary>
/// <param name="Spec">The container.</param>
/// <param name="Host">The host.</param>
/// <param name="Paths">The engine's directories.</param>
public sealed record CgroupRequest(ContainerSpec Spec, HostFacts Host, EnginePaths Paths)
{
    /// <summary>The limits that the parent named by the container gets where it has to be made, or null where nobody defined it.</summary>
    public ResourceLimits? ParentLimits { get; init; }
}
