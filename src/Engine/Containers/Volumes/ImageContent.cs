using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Snapshots;
using MiniDock.Engine.Run;
using MiniDock.Engine.Trees;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Volumes;

/// <summary>
/// Copies what an image holds at a path. Its root is mounted for the engine alone meanwhile; the path is looked up inside of it, and everything is read and written
/// relative to descriptors, so that no link in the image leads anywhere else.
/// </summary>
public sealed class ImageContent(EnginePaths paths, Func<ProviderSet> providers, Func<StepHandlers> handlers, Func<HostFacts> host) : IImageContent
{
    /// <summary>An image's root, for a container that it need not be the image of.</summary>
    internal static RootRequest RootOf(ContainerId container, ImageSelection image, string storageDriver, HostFacts host, EnginePaths paths)
    {
        var spec = new ContainerSpec
        {
            Id = container,
            Name = container.Short,
            Created = DateTimeOffset.UtcNow,
            Image = image,
            Process = new ProcessSpec { Arguments = [] },
            StorageDriver = storageDriver,
        };
        return new RootRequest(spec, host, paths) { Access = RootAccess.Image };
    }

    /// <inheritdoc/>
    public void CopyTo(ContainerId container, ImageSelection image, string storageDriver, string path, SafeFileHandle directory)
    {
        using var root = SnapshotMount.Open(RootOf(container, image, storageDriver, host(), paths), providers(), handlers());
        var errno = Files.TryOpenAt2(
            root.Root, path, OpenFlags.Path | OpenFlags.Directory, 0, ResolveFlags.InRoot | ResolveFlags.NoMagicLinks, out var source);
        if (errno is Errno.ENOENT or Errno.ENOTDIR or Errno.ELOOP)
        {
            return;
        }

        using (source)
        {
            if (errno != Errno.Success)
            {
                throw new LinuxException("read", path, errno, $"in image {image.Reference}");
            }

            using var writer = new TreeWriter(directory, new TreeWriterOptions
            {
                Resolve = ResolveFlags.Beneath | ResolveFlags.NoSymlinks | ResolveFlags.NoMagicLinks,
                Owner = static (user, group) => (user, group),
            });
            new TreeReader(writer).AddTree(source, []);
            writer.Finish();
        }
    }
}
