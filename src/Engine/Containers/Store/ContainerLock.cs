using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Store;

/// <summary>The lock of one container, flock(2) on a file of the run root: whoever runs or changes the container holds it, and its holder's death frees it.</summary>
/// <remarks>It stands beside the run directory, not in it, so that it can be held before that is made: a run directory whose
/// lock is free always belongs to a dead engine.</remarks>
public sealed class ContainerLock : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly string _path;

    private ContainerLock(SafeFileHandle file, string path) => (_file, _path) = (file, path);

    /// <summary>Takes the lock if nobody holds it.</summary>
    public static ContainerLock? TryTake(EnginePaths paths, ContainerId id) => Take(paths, id, wait: false);

    /// <summary>Takes the lock, waiting for its holder.</summary>
    public static ContainerLock Take(EnginePaths paths, ContainerId id) => Take(paths, id, wait: true)!;

    /// <summary>Whether somebody holds the lock now.</summary>
    public static bool IsHeld(EnginePaths paths, ContainerId id)
    {
        if (Files.TryOpenAt(null, PathOf(paths, id), OpenFlags.ReadOnly, 0, out var file) != Errno.Success)
        {
            return false;
        }

        using (file)
        {
            return Files.TryFlock(file, exclusive: false, wait: false) != Errno.Success;
        }
    }

    /// <summary>Containers whose lock somebody holds, found by one look at all locks. Some may be missing.</summary>
    public static HashSet<ContainerId> Held(EnginePaths paths)
    {
        var held = new HashSet<ContainerId>();
        if (Files.TryOpenAt(null, DirectoryOf(paths), OpenFlags.Directory, 0, out var directory) != Errno.Success)
        {
            return held;
        }

        using (directory)
        {
            var locked = FileLocks.FlockedInodes(Files.Stat(directory).Device);
            foreach (var entry in Files.ReadDirectory(directory))
            {
                if (locked.Contains(entry.Inode) && ContainerId.TryParse(entry.Text, out var id))
                {
                    held.Add(id);
                }
            }
        }

        return held;
    }

    /// <summary>Waits until nobody holds the lock: whoever ran the container has cleaned up, or is dead.</summary>
    public static void WaitUntilFree(EnginePaths paths, ContainerId id)
    {
        if (Files.TryOpenAt(null, PathOf(paths, id), OpenFlags.ReadOnly, 0, out var file) == Errno.Success)
        {
            using (file)
            {
                Files.Flock(file, exclusive: false);
            }
        }
    }

    /// <summary>The descriptor that holds the lock: a process that inherits it holds the lock on.</summary>
    public SafeFileHandle Descriptor => _file;

    /// <summary>Goes on with a lock that was inherited.</summary>
    public static ContainerLock Adopt(EnginePaths paths, ContainerId id, SafeFileHandle descriptor) => new(descriptor, PathOf(paths, id));

    /// <summary>Removes the lock's file with the container; waiters notice and take a new one.</summary>
    public void Remove() => Files.TryUnlinkAt(null, _path);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static ContainerLock? Take(EnginePaths paths, ContainerId id, bool wait)
    {
        var path = PathOf(paths, id);
        Files.CreateDirectories(Path.GetDirectoryName(path)!, 0x1C0);
        while (true)
        {
            var file = Files.Open(path, OpenFlags.ReadWrite | OpenFlags.Create, 0x180);
            if (Files.TryFlock(file, exclusive: true, wait) != Errno.Success)
            {
                file.Dispose();
                return null;
            }

            // The holder before us may have removed the file: the lock of a nameless file protects nothing.
            if (Files.TryStatAt(null, path, followLink: false, out var named) == Errno.Success && named.Inode == Files.Stat(file).Inode)
            {
                return new ContainerLock(file, path);
            }

            file.Dispose();
        }
    }

    internal static string DirectoryOf(EnginePaths paths) => Path.Combine(paths.RunRoot, "locks");

    private static string PathOf(EnginePaths paths, ContainerId id) => Path.Combine(DirectoryOf(paths), id.Value);
}
