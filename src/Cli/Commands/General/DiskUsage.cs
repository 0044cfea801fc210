using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;

namespace MiniDock.Cli.Commands.General;

/// <summary>Bytes of disk below a directory, as du(1). A container writes there: no link is followed, no other file system is entered,
/// and depth is bounded.</summary>
internal static class DiskUsage
{
    private const int DeepestLevel = 60;

    /// <summary>Allocated bytes; a directory that is not there has none.</summary>
    public static long Of(string path)
    {
        if (Files.TryOpenAt(null, path, OpenFlags.Directory | OpenFlags.NoFollow, 0, out var directory) != Errno.Success)
        {
            return 0;
        }

        using (directory)
        {
            return Of(directory, Files.Stat(directory).Device, [], 0);
        }
    }

    private static long Of(SafeFileHandle directory, DeviceNumber device, HashSet<ulong> linked, int depth)
    {
        var bytes = 0L;
        foreach (var entry in Files.ReadDirectory(directory))
        {
            if (Files.TryStatAt(directory, entry.Name, followLink: false, out var stat) != Errno.Success || stat.Device != device
                || (stat is { LinkCount: > 1, IsDirectory: false } && !linked.Add(stat.Inode)))
            {
                continue;
            }

            bytes += (long)stat.Blocks512 * 512;
            if (stat.IsDirectory && depth < DeepestLevel
                && Files.TryOpenAt(directory, entry.Name, OpenFlags.Directory | OpenFlags.NoFollow, 0, out var child) == Errno.Success)
            {
                using (child)
                {
                    bytes += Of(child, device, linked, depth + 1);
                }
            }
        }

        return bytes;
    }
}
