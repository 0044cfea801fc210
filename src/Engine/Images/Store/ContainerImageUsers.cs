using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Engine.Images.Store;

/// <summary>The containers of a root as users of its images.</summary>
public sealed class ContainerImageUsers(ContainerStore containers) : IImageUsers
{
    /// <inheritdoc/>
    public IEnumerable<ImageUser> List() =>
        containers.List().SelectMany(one => one.Spec.Mounts.Where(m => m.Type == ImageMount.TypeName).Select(ImageMount.ImageOf).Prepend(one.Spec.Image)
            .Select(image => new ImageUser(one.Id.Short, image.Id, image.DiffIds, one.IsRunning)));
}
