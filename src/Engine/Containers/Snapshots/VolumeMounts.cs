using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Run.Child;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Snapshots;

/// <summary>Binds a container's volumes into its root where no process of it runs. Every target is looked up inside the root.</summary>
internal static class VolumeMounts
{
    private const ResolveFlags Inside = ResolveFlags.InRoot | ResolveFlags.NoMagicLinks;

    /// <summary>Does the bind steps of a plan, in the mount namespace of the calling thread. A source that is not there is left out.</summary>
    public static void Apply(IEnumerable<PlanStep> steps, SafeFileHandle root)
    {
        foreach (var step in steps.Where(s => s.Kind == ChildStepKinds.Bind && s.Arguments.Find("in") == "root"))
        {
            if (Mounts.TryOpenTree(null, step.Arguments["source"], clone: true, recursive: true, out var tree) != Errno.Success)
            {
                continue;
            }

            using (tree)
            {
                var attributes = MountOptions.Attributes(step.Arguments.Find("flags"));
                Mounts.MountSetAttr(tree, "", recursive: true, attributes, MountAttributes.None, Propagation.Private);
                using var place = Place(root, step.Arguments["target"], Files.Stat(tree).IsDirectory);
                Mounts.MoveMount(tree, place, "");
            }
        }
    }

    private static SafeFileHandle Place(SafeFileHandle root, string path, bool isDirectory)
    {
        var errno = Files.TryOpenAt2(root, path, OpenFlags.Path, 0, Inside, out var place);
        if (errno != Errno.ENOENT)
        {
            return errno == Errno.Success ? place : throw new LinuxException("open", path, errno);
        }

        // The container never ran: its mount points are still to be made, as its run would.
        using var parent = Place(root, Path.GetDirectoryName(path) ?? "/", isDirectory: true);
        var name = Path.GetFileName(path);
        errno = isDirectory ? Files.TryMkdirAt(parent, name, 0x1ED) : Files.TryMknodAt(parent, name, (uint)FileKind.Regular | 0x1A4);
        return errno == Errno.Success ? Files.OpenAt(parent, name, OpenFlags.Path | OpenFlags.NoFollow) : throw new LinuxException("create", path, errno);
    }
}
