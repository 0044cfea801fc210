using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Engine.Containers.Usage;

/// <summary>A control group in the tree of those that containers lie in.</summary>
/// <param name="Path">Its path below the root of each hierarchy; empty for a container that has no group.</param>
public sealed record GroupNode(string Path)
{
    /// <summary>The container whose group it is, or null.</summary>
    public Container? Container { get; init; }

    /// <summary>What it uses; null for a group that a container has made inside its own.</summary>
    public CgroupUsage? Usage { get; init; }

    /// <summary>Processes in it that are in no group below it, by id.</summary>
    public IReadOnlyList<ContainerProcess> Processes { get; init; } = [];

    /// <summary>The groups right below it.</summary>
    public IReadOnlyList<GroupNode> Children { get; init; } = [];
}
