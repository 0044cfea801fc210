using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Plugins.Storage.Image;

/// <summary>Mounts an image, or a directory of one, to be read: <c>--mount type=image,src=IMAGE,dst=DST[,subpath=PATH]</c>.</summary>
/// <param name="mounting">Handles steps of kind <c>image.mount</c>: the engine knows how layers become a file system.</param>
public sealed class ImageMountProvider(IStepHandler mounting) : IMountProvider
{
    /// <inheritdoc/>
    public string Name => ImageMount.TypeName;

    /// <inheritdoc/>
    public IEnumerable<IStepHandler> Handlers => [mounting];

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(MountRequest request)
    {
        var image = ImageMount.ImageOf(request.Mount);
        if (image.DiffIds.Count == 0)
        {
            yield return new Problem($"image {image.Reference}: EINVAL (it has no layer to mount)");
        }

        foreach (var layer in image.DiffIds.Where(l => !Files.Exists(request.Paths.LayerFile(l))))
        {
            yield return new Problem($"image {image.Reference}: layer {layer.Short} is missing", "import the image again");
        }
    }

    /// <inheritdoc/>
    public IEnumerable<PlanStep> Plan(MountRequest request)
    {
        var mount = request.Mount;
        var id = $"mount.{request.Index}.image";
        var subpath = mount.Options.GetValueOrDefault(ImageMount.Subpath);
        yield return new PlanStep
        {
            Id = id,
            Phase = PlanPhase.HostBefore,
            Kind = mounting.Kind,
            Requires = ["root.snapshot"],
            Arguments = StepValues.Of(
                ("image", mount.Source),
                (ImageMount.Id, mount.Options[ImageMount.Id]),
                (ImageMount.Layers, mount.Options[ImageMount.Layers]),
                (ImageMount.Subpath, subpath),
                ("storage", request.Spec.StorageDriver)),
            Why = $"the layers of image {mount.Source} as one, without a place yet",
            ManPage = "open_tree(2)",
        };
        yield return new PlanStep
        {
            Id = $"mount.{request.Index}.attach",
            Phase = PlanPhase.Child,
            Kind = ChildStepKinds.AttachKept,
            Requires = [id],
            Arguments = StepValues.Of(("kept", id), ("target", mount.Target), ("in", "root"), ("create", "dir"), ("flags", string.Join(',', [.. mount.Flags, "ro"]))),
            Why = $"{subpath ?? "all"} of image {mount.Source} at {mount.Target}, to be read",
            ManPage = "move_mount(2)",
        };
    }
}
