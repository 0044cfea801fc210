using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Plugins.Storage.Volumes;

/// <summary>The lock of one volume, flock(2) on a file of the run root: whoever makes, fills, begins or ends to use or removes it holds the lock meanwhile.</summary>
internal sealed class VolumeLock : IDisposable
{
    private readonly SafeFileHandle _file;

    private VolumeLock(SafeFileHandle file, string name) => (_file, Name) = (file, name);

    /// <summary>The volume.</summary>
    public string Name { get; }

    /// <summary>Takes the lock, waiting for its holder.</summary>
    public static VolumeLock Take(EnginePaths paths, string name)
    {
        var path = PathOf(paths, name);
        while (true)
        {
            var errno = Files.TryOpenAt(null, path, OpenFlags.ReadWrite | OpenFlags.Create, 0x180, out var file);
            if (errno == Errno.ENOENT)
            {
                Files.CreateDirectories(Path.GetDirectoryName(path)!, 0x1C0);
                continue;
            }

            if (errno != Errno.Success)
            {
                throw new LinuxException("open", path, errno);
            }

            Files.Flock(file, exclusive: true);

            // Whoever removed the volume has removed the file too: the lock of a nameless file protects nothing.
            if (Files.TryStatAt(null, path, followLink: false, out var named) == Errno.Success && named.Inode == Files.Stat(file).Inode)
            {
                return new VolumeLock(file, name);
            }

            file.Dispose();
        }
    }

    /// <summary>Removes the lock's file with the volume; waiters notice and take a new one.</summary>
    public void Remove(EnginePaths paths) => Files.TryUnlinkAt(null, PathOf(paths, Name));

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string PathOf(EnginePaths paths, string name) => Path.Combine(paths.RunVolumes, "locks", name);
}
