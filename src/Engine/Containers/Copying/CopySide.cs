using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Copying;

/// <summary>One side of a copy: a root directory, and how paths below it are looked up. In a container no path leads out of its root.</summary>
/// <param name="Root">The root.</param>
/// <param name="Resolve">How the kernel looks paths up.</param>
internal sealed record CopySide(SafeFileHandle Root, ResolveFlags Resolve)
{
    private const int MostLinks = 40;

    /// <summary>How paths in a container are looked up.</summary>
    public const ResolveFlags InContainer = ResolveFlags.InRoot | ResolveFlags.NoMagicLinks;

    /// <summary>Opens what is to be copied, O_PATH.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="followLink">Whether a link at its end is followed.</param>
    /// <param name="node">It.</param>
    public Errno TryOpen(CopyPath path, bool followLink, out SafeFileHandle node)
    {
        var flags = path.AssertsDirectory ? OpenFlags.Directory : followLink ? OpenFlags.ReadOnly : OpenFlags.NoFollow;
        return Files.TryOpenAt2(Root, path.Path, OpenFlags.Path | flags, 0, Resolve, out node);
    }

    /// <summary>Finds where a copy goes: links at the end of the path are followed, also one that leads to nothing yet.</summary>
    /// <returns>The path without links at its end, and what is there; null: nothing.</returns>
    /// <exception cref="LinuxException">ELOOP, ENAMETOOLONG and the like; a missing directory is found later.</exception>
    public (CopyPath Path, FileStat? Stat) Destination(CopyPath path)
    {
        for (var links = 0; links < MostLinks; links++)
        {
            var errno = Files.TryOpenAt2(Root, path.Path, OpenFlags.Path | OpenFlags.NoFollow, 0, Resolve, out var node);
            if (errno is Errno.ENOENT or Errno.ENOTDIR)
            {
                return (path, null);
            }

            if (errno != Errno.Success)
            {
                throw new LinuxException("open", path.Path, errno);
            }

            using (node)
            {
                var stat = Files.Stat(node);
                if (!stat.IsSymbolicLink)
                {
                    return (path, stat);
                }

                path = path.Follow(Files.ReadLinkAt(node, ""));
            }
        }

        throw new LinuxException("open", path.Path, Errno.ELOOP);
    }

    /// <summary>Whether there is a directory at a path.</summary>
    public bool HasDirectory(string path)
    {
        if (Files.TryOpenAt2(Root, path, OpenFlags.Path | OpenFlags.Directory, 0, Resolve, out var directory) != Errno.Success)
        {
            return false;
        }

        directory.Dispose();
        return true;
    }
}
