using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;

namespace MiniDock.Engine.Images.Store;

/// <summary>A private directory on the store's file system, removed with all that is in it when disposed.</summary>
/// <remarks>Its lock lives as long as the process: the next command removes what a killed one left.</remarks>
public sealed class StagingDirectory : IDisposable
{
    private readonly SafeFileHandle _locked;

    private StagingDirectory(string path, SafeFileHandle locked)
    {
        DirectoryPath = path;
        _locked = locked;
    }

    public string DirectoryPath { get; }

    /// <summary>Makes one, and removes dead ones. The caller holds the store's lock, or the lock could be taken for a dead one's.</summary>
    internal static StagingDirectory Create(StorePaths paths)
    {
        Files.CreateDirectories(paths.Staging, 0x1C0);
        RemoveDead(paths);
        var path = Path.Combine(paths.Staging, Guid.NewGuid().ToString("n"));
        Files.MkdirAt(null, path, 0x1C0);
        var directory = Files.Open(path, OpenFlags.Directory);
        Files.Flock(directory, exclusive: true);
        return new StagingDirectory(path, directory);
    }

    /// <summary>Removes what no living process holds. The caller holds the store's lock.</summary>
    internal static int RemoveDead(StorePaths paths)
    {
        var removed = 0;
        if (!Directory.Exists(paths.Staging))
        {
            return removed;
        }

        foreach (var path in Directory.EnumerateDirectories(paths.Staging))
        {
            if (Files.TryOpenAt(null, path, OpenFlags.Directory | OpenFlags.NoFollow, 0, out var directory) != Errno.Success)
            {
                continue;
            }

            using (directory)
            {
                if (Files.TryFlock(directory, exclusive: true, wait: false) == Errno.Success)
                {
                    Files.RemoveTree(null, path);
                    removed++;
                }
            }
        }

        return removed;
    }

    public void Dispose()
    {
        Files.RemoveTree(null, DirectoryPath);
        _locked.Dispose();
    }
}
