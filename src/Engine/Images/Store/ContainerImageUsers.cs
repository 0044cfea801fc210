using MiniDock.Engine.Containers.Store;

namespace MiniDock.Engine.Images.Store;

/// <summary>The containers of a root as users of its images.</summary>
public sealed class ContainerImageUsers(ContainerStore containers) : IImageUsers
{
    /// <inheritdoc/>
    public IEnumerable<ImageUser> List() =>
        containers.List().Select(one => new ImageUser(one.Id.Short, one.Spec.Image.Id, one.Spec.Image.DiffIds, one.IsRunning));
}
