using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Snapshots;
using MiniDock.Engine.Run;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Volumes;

/// <summary>Mounts an image where nobody sees it; the container's first process gives the mount its place. Nothing is left to be undone.</summary>
public sealed class ImageMountHandler(Func<ProviderSet> providers, Func<StepHandlers> handlers, Func<HostFacts> host) : IStepHandler
{
    /// <inheritdoc/>
    public string Kind => "image.mount";

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var arguments = step.Arguments;
        var layers = arguments[ImageMount.Layers].Split(' ').Select(Digest.Parse).ToList();
        var image = new ImageSelection(arguments["image"], Digest.Parse(arguments[ImageMount.Id]), layers);
        var request = ImageContent.RootOf(context.ContainerId, image, arguments["storage"], host(), context.Paths);
        SafeFileHandle? tree = null;
        using (SnapshotMount.Open(request, providers(), handlers(), root => tree = Copy(root, arguments.Find(ImageMount.Subpath), image)))
        {
            context.Keep(step.Id, tree!);
        }

        return StepValues.Empty;
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
    }

    // Looked up inside of the image: no link in it leads anywhere else.
    private static SafeFileHandle Copy(SafeFileHandle root, string? subpath, ImageSelection image)
    {
        if (subpath is null)
        {
            return Mounts.OpenTree(root, "", clone: true, recursive: false);
        }

        var errno = Files.TryOpenAt2(root, subpath, OpenFlags.Path | OpenFlags.Directory, 0, ResolveFlags.InRoot | ResolveFlags.NoMagicLinks, out var directory);
        using (directory)
        {
            return errno == Errno.Success
                ? Mounts.OpenTree(directory, "", clone: true, recursive: false)
                : throw new EngineException($"image {image.Reference}: {ErrnoText.Name(errno)} ({subpath}: {ErrnoText.Text(errno)})", "subpath= is a directory of the image");
        }
    }
}
