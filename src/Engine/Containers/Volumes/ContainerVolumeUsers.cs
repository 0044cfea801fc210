using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Engine.Containers.Volumes;

/// <summary>Looks in the store for containers that have a volume.</summary>
public sealed class ContainerVolumeUsers(ContainerStore store) : IVolumeUsers
{
    /// <inheritdoc/>
    public IReadOnlyList<(ContainerId Id, string Name)> Of(string volume) =>
        [.. store.List().Where(c => c.Spec.Mounts.Any(m => m.Type == "volume" && m.Source == volume)).Select(c => (c.Id, c.Spec.Name))];
}
