using System.Text;
using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Store;

/// <summary>Names of containers: symbolic links in the <c>names</c> directory whose text is the id, so that claiming one is a single atomic call.</summary>
internal sealed class ContainerNames(EnginePaths paths)
{
    private string Directory => Path.Combine(paths.Root, "names");

    /// <summary>The container of a name, or null.</summary>
    public ContainerId? Find(string name) =>
        Files.TryReadLinkAt(null, Path.Combine(Directory, name), out var target) == Errno.Success
            && ContainerId.TryParse(Encoding.ASCII.GetString(target), out var id)
            ? id
            : null;

    /// <summary>Claims a name for a container.</summary>
    /// <returns>Null when it is claimed now, else the container that holds it.</returns>
    public ContainerId? Claim(string name, ContainerId id)
    {
        using var guard = Guard();
        while (true)
        {
            var error = Files.TrySymlinkAt(id.Value, null, Path.Combine(Directory, name));
            if (error == Errno.Success)
            {
                return null;
            }

            if (error != Errno.EEXIST)
            {
                throw new LinuxException("claim name", name, error);
            }

            if (Find(name) is { } holder && System.IO.Directory.Exists(paths.StateDirectory(holder)))
            {
                return holder;
            }

            // The container is gone and only its name is left: an engine was killed between the two.
            Files.TryUnlinkAt(null, Path.Combine(Directory, name));
        }
    }

    /// <summary>Gives a name back if the container still holds it.</summary>
    /// <returns>Whether it did.</returns>
    public bool Release(string name, ContainerId id)
    {
        using var guard = Guard();
        if (Find(name) != id)
        {
            return false;
        }

        Files.UnlinkAt(null, Path.Combine(Directory, name));
        return true;
    }

    /// <summary>All names, with the containers that they lead to; null where one leads nowhere.</summary>
    public IReadOnlyList<(string Name, ContainerId? Id)> All() => !System.IO.Directory.Exists(Directory)
        ? []
        : [.. System.IO.Directory.EnumerateFileSystemEntries(Directory).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).Select(name => (name, Find(name)))];

    /// <summary>Gives back a name that leads to no container.</summary>
    /// <returns>Whether it still led to none.</returns>
    public bool ReleaseLost(string name)
    {
        using var guard = Guard();
        if (Find(name) is { } holder && System.IO.Directory.Exists(paths.StateDirectory(holder)))
        {
            return false;
        }

        Files.RemoveTree(null, Path.Combine(Directory, name));
        return true;
    }

    /// <summary>Gives back every name of a container whose specification is lost, or that was renamed meanwhile.</summary>
    public void ReleaseAll(ContainerId id)
    {
        if (!System.IO.Directory.Exists(Directory))
        {
            return;
        }

        foreach (var path in System.IO.Directory.EnumerateFileSystemEntries(Directory))
        {
            Release(Path.GetFileName(path), id);
        }
    }

    private SafeFileHandle Guard()
    {
        Files.CreateDirectories(Directory, 0x1C0);
        var file = Files.Open(Path.Combine(paths.Root, "names.lock"), OpenFlags.ReadWrite | OpenFlags.Create, 0x180);
        Files.Flock(file, exclusive: true);
        return file;
    }
}
