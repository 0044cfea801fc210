using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers;

/// <summary>The right to change what the journal of a run says: taken by whoever changes a running container, and by whoever undoes the run. The
/// container's own lock cannot do that: it belongs to the engine that runs the container, for as long as that lives.</summary>
public sealed class RunLock : IDisposable
{
    private readonly SafeFileHandle _directory;

    private RunLock(SafeFileHandle directory) => _directory = directory;

    /// <summary>Takes the lock, waiting for others.</summary>
    /// <returns>Null where there is no run.</returns>
    public static RunLock? TryTake(EnginePaths paths, ContainerId id)
    {
        var path = paths.RunDirectory(id);
        while (Files.TryOpenAt(null, path, OpenFlags.Directory, 0, out var directory) == Errno.Success)
        {
            Files.Flock(directory, exclusive: true);
            if (Files.TryStatAt(null, path, followLink: false, out var named) == Errno.Success && named.Inode == Files.Stat(directory).Inode)
            {
                return new RunLock(directory);
            }

            // The run ended while we waited, and another may have begun.
            directory.Dispose();
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();
}
