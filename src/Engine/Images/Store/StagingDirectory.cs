using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;

namespace MiniDock.Engine.Images.Store;

/// <summary>A private directory on the store's file system, removed with all that is in it when disposed.</summary>
/// <remarks>Its lock lives as long as the process: the next command removes what a killed one left.</remarks>
public sealed class StagingDirectory : IDisposable
{
    private readonly SafeFileHandle _locked;

    private StagingDirectory(string path, SafeFileHandle locked, bool durable)
    {
        DirectoryPath = path;
        _locked = locked;
        IsDurable = durable;
    }

    public string DirectoryPath { get; }

    /// <summary>Whether what is made here must outlast a power cut once it has its final name.</summary>
    public bool IsDurable { get; }

    /// <summary>Writes a small file that is to be moved to its final name.</summary>
    public void Write(string path, ReadOnlySpan<byte> content)
    {
        using var file = Files.Open(path, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Truncate, 0x180);
        RandomAccess.Write(file, content, 0);
        if (IsDurable)
        {
            Files.Fsync(file);
        }
    }

    /// <summary>Makes the names in a directory last.</summary>
    public void Settle(string directory)
    {
        if (IsDurable)
        {
            Files.FsyncDirectory(directory);
        }
    }

    /// <summary>Makes one, and removes dead ones. The caller holds the store's lock, or the lock could be taken for a dead one's.</summary>
    internal static StagingDirectory Create(StorePaths paths, bool durable = true)
    {
        Files.CreateDirectories(paths.Staging, 0x1C0);
        RemoveDead(paths);
        var path = Path.Combine(paths.Staging, Guid.NewGuid().ToString("n"));
        Files.MkdirAt(null, path, 0x1C0);
        var directory = Files.Open(path, OpenFlags.Directory);
        Files.Flock(directory, exclusive: true);
        return new StagingDirectory(path, directory, durable);
    }

    /// <summary>Removes what no living process holds. The caller holds the store's lock.</summary>
    internal static int RemoveDead(StorePaths paths) => EachDead(paths, path => Files.RemoveTree(null, path));

    /// <summary>How many there are that no living process holds.</summary>
    internal static int CountDead(StorePaths paths) => EachDead(paths, _ => { });

    private static int EachDead(StorePaths paths, Action<string> action)
    {
        var count = 0;
        if (!Directory.Exists(paths.Staging))
        {
            return count;
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
                    action(path);
                    count++;
                }
            }
        }

        return count;
    }

    public void Dispose()
    {
        Files.RemoveTree(null, DirectoryPath);
        _locked.Dispose();
    }
}
