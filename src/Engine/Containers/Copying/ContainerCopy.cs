using System.Text;
using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Snapshots;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Events;
using MiniDock.Engine.Images.Tar;
using MiniDock.Engine.Run.Child;
using MiniDock.Engine.Trees;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Copying;

/// <summary>
/// Copies files into and out of containers, running or not, by docker's rules. Paths in a container are looked up in one system call that cannot leave its root,
/// whoever renames what meanwhile; on the host, nothing below the destination is followed that the copy itself has not made.
/// </summary>
public sealed class ContainerCopy(ContainerSnapshots snapshots)
{
    private const ResolveFlags BelowDestination = ResolveFlags.Beneath | ResolveFlags.NoSymlinks | ResolveFlags.NoMagicLinks;

    /// <summary>Copies out of a container to the host.</summary>
    /// <returns>How many bytes, as docker counts them, and the full path of the destination.</returns>
    /// <exception cref="EngineException">It cannot be copied; exit code 1.</exception>
    public (long Bytes, string Destination) FromContainer(Container container, string source, string destination, CopyOptions options)
    {
        using var root = ContainerRoot.Open(snapshots, container);
        var from = CopyPath.Parse(source, "/");
        using var node = OpenSource(container.Spec, root, from, options);
        using var slash = Files.Open("/", OpenFlags.Path | OpenFlags.Directory);
        var host = new CopySide(slash, ResolveFlags.InRoot);
        var to = CopyPath.Parse(destination, Directory.GetCurrentDirectory());
        var target = CopyTarget.Of(from, Files.Stat(node).IsDirectory, host, to, destination);
        long bytes = 0;
        CopyErrors.Guard(destination, () =>
        {
            using var directory = Files.Open(target.Directory, OpenFlags.Directory);
            using var writer = new TreeWriter(directory, new TreeWriterOptions
            {
                Resolve = BelowDestination,
                Owner = options.Archive ? (user, group) => (user, group) : null,
                KeepsKinds = true,
                KeepsRoot = true,
                IsForeign = true,
            });
            var meter = new CopyMeter(writer);
            new TreeReader(meter) { Owner = root.Inside }.AddTree(node, Encoding.UTF8.GetBytes(target.Name));
            writer.Finish();
            bytes = meter.Bytes;
        });
        snapshots.Store.Events.Append(ContainerEvents.Of(container.Spec, "archive-path"));
        return (bytes, to.Path);
    }

    /// <summary>Writes a file or directory of a container as a tar.</summary>
    /// <exception cref="EngineException">It cannot be opened; exit code 1.</exception>
    public void FromContainer(Container container, string source, Stream output, CopyOptions options)
    {
        using var root = ContainerRoot.Open(snapshots, container);
        var from = CopyPath.Parse(source, "/");
        using var node = OpenSource(container.Spec, root, from, options);
        var writer = new TarWriter(output);
        new TreeReader(writer) { Owner = root.Inside }.AddTree(node, Encoding.UTF8.GetBytes(from.MeansContents ? "" : from.Name));
        writer.Finish();
        output.Flush();
        snapshots.Store.Events.Append(ContainerEvents.Of(container.Spec, "archive-path"));
    }

    /// <summary>Copies from the host into a container.</summary>
    /// <returns>How many bytes, as docker counts them, and the path in the container.</returns>
    /// <exception cref="EngineException">It cannot be copied; exit code 1.</exception>
    public (long Bytes, string Destination) ToContainer(string source, Container container, string destination, CopyOptions options)
    {
        using var slash = Files.Open("/", OpenFlags.Path | OpenFlags.Directory);
        var from = CopyPath.Parse(source, Directory.GetCurrentDirectory());
        var errno = new CopySide(slash, ResolveFlags.InRoot).TryOpen(from, options.FollowLink, out var node);
        if (errno != Errno.Success)
        {
            throw CopyErrors.Plain(source, errno);
        }

        using (node)
        using (var root = ContainerRoot.Open(snapshots, container))
        {
            var to = CopyPath.Parse(destination, "/");
            var shown = $"{container.Spec.Name}:{destination}";
            var target = CopyTarget.Of(from, Files.Stat(node).IsDirectory, new CopySide(root.Root, CopySide.InContainer), to, shown);
            long bytes = 0;
            Write(container.Spec, root, target.Directory, shown, options, sink =>
            {
                var meter = new CopyMeter(sink);
                new TreeReader(meter).AddTree(node, Encoding.UTF8.GetBytes(target.Name));
                bytes = meter.Bytes;
            });
            return (bytes, to.Path);
        }
    }

    /// <summary>Unpacks a tar, plain or compressed, into a directory of a container.</summary>
    /// <exception cref="EngineException">The destination is no directory, or the archive is damaged; exit code 1.</exception>
    public void ToContainer(Stream archive, Container container, string destination, CopyOptions options)
    {
        using var root = ContainerRoot.Open(snapshots, container);
        var to = CopyPath.Parse(destination, "/");
        var shown = $"{container.Spec.Name}:{destination}";
        var (path, stat) = new CopySide(root.Root, CopySide.InContainer).Destination(to);
        if (stat is not { IsDirectory: true })
        {
            throw new EngineException($"copy to {shown}: {(stat is null ? "ENOENT" : "ENOTDIR")} (destination must be a directory)", exitCode: 1);
        }

        Write(container.Spec, root, path.Path, shown, options, sink =>
        {
            using var tar = new DecodedArchive(archive);
            TarData.ReadAll(tar, sink);
        });
    }

    private static SafeFileHandle OpenSource(ContainerSpec spec, ContainerRoot root, CopyPath path, CopyOptions options)
    {
        var errno = new CopySide(root.Root, CopySide.InContainer).TryOpen(path, options.FollowLink, out var node);
        return errno == Errno.Success ? node : throw CopyErrors.Source(spec, path, errno);
    }

    private void Write(ContainerSpec spec, ContainerRoot root, string directory, string shown, CopyOptions options, Action<ITreeSink> write)
    {
        RefuseReadOnlyRoot(spec, root, directory, shown);
        CopyErrors.Guard(shown, () => root.Do(() =>
        {
            var user = options.Archive && spec.Process.User.Length > 0 ? UserLookup.Resolve(root.Root, spec.Process) : null;
            using var writer = new TreeWriter(root.Root, new TreeWriterOptions
            {
                Resolve = CopySide.InContainer,
                Base = Encoding.UTF8.GetBytes(directory),
                Owner = (uid, gid) => root.Outside(user?.User ?? uid, user?.Group ?? gid),
                KeepsKinds = true,
                KeepsRoot = true,
                IsForeign = true,
            });
            write(writer);
            writer.Finish();
        }));
        snapshots.Store.Events.Append(ContainerEvents.Of(spec, "extract-to-dir"));
    }

    // While it runs the kernel refuses; else the root is mounted to be written, and only volumes are read-only as they will be.
    private static void RefuseReadOnlyRoot(ContainerSpec spec, ContainerRoot root, string directory, string shown)
    {
        if (!spec.ReadOnlyRoot)
        {
            return;
        }

        var errno = Files.TryOpenAt2(root.Root, directory, OpenFlags.Path | OpenFlags.Directory, 0, CopySide.InContainer, out var opened);
        using (opened)
        {
            if (errno == Errno.Success && Files.Stat(opened).MountId == Files.Stat(root.Root).MountId)
            {
                throw new EngineException($"copy to {shown}: EROFS (container rootfs is marked read-only)", exitCode: 1);
            }
        }
    }
}
