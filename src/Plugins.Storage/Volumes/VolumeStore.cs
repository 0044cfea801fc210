using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Plugins.Storage.Volumes;

/// <summary>The volumes of a root: <c>volumes/NAME</c> each. The definition comes last and goes first: a directory without one is nobody's volume, and
/// whoever makes one of its name begins by removing it.</summary>
public sealed class VolumeStore(EnginePaths paths)
{
    private const uint OwnerOnly = 0x1C0;
    private const uint Readable = 0x1ED;

    /// <summary>Where a volume's files are, on the host.</summary>
    public string DataOf(string name) => Path.Combine(DirectoryOf(name), "_data");

    /// <summary>The directory with all that belongs to a volume.</summary>
    public string DirectoryOf(string name) => Path.Combine(paths.Volumes, name);

    /// <summary>The file that a volume's own file system lies in.</summary>
    internal string ImageOf(string name) => Path.Combine(DirectoryOf(name), "image");

    /// <summary>There while the image's files are copied into a volume: what a dead engine left half copied is known by it.</summary>
    internal string CopyMarkOf(string name) => Path.Combine(DirectoryOf(name), "copying");

    /// <summary>A volume's definition, or null: there is no such volume.</summary>
    /// <exception cref="EngineException">Its file is damaged.</exception>
    public VolumeDefinition? Find(string name)
    {
        if (!VolumeName.IsValid(name))
        {
            return null;
        }

        var file = paths.VolumeFile(name);
        try
        {
            return VolumeFormat.Read(File.ReadAllBytes(file), name);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (FormatException e)
        {
            throw new EngineException($"read volume {name}: {file}: {e.Message}", "mend the file, or save what is in _data and remove the directory", inner: e);
        }
    }

    /// <summary>All volumes, by name.</summary>
    public IReadOnlyList<VolumeDefinition> List() => !Directory.Exists(paths.Volumes)
        ? []
        : [.. Directory.EnumerateDirectories(paths.Volumes).Select(d => Find(Path.GetFileName(d))).OfType<VolumeDefinition>().OrderBy(v => v.Name, StringComparer.Ordinal)];

    /// <summary>Makes a volume that does not exist, with its lock held.</summary>
    internal void Make(VolumeLock held, VolumeDefinition volume)
    {
        Clear(held.Name);
        Files.CreateDirectories(DirectoryOf(volume.Name), OwnerOnly);
        Files.MkdirAt(null, DataOf(volume.Name), Readable);
        new VolumeFileSystem(this, volume).Make();
        var staging = Path.Combine(DirectoryOf(volume.Name), ".staging");
        using (var file = Files.Open(staging, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, 0x180))
        {
            RandomAccess.Write(file, VolumeFormat.Write(volume), 0);
            Files.Fdatasync(file);
        }

        Files.RenameAt2(null, staging, null, paths.VolumeFile(volume.Name), RenameFlags.None);
        Files.FsyncDirectory(DirectoryOf(volume.Name));
    }

    /// <summary>Removes a volume that nobody uses, with its lock held.</summary>
    internal void Remove(VolumeLock held)
    {
        Files.TryUnlinkAt(null, paths.VolumeFile(held.Name));
        Clear(held.Name);
        held.Remove(paths);
    }

    private void Clear(string name)
    {
        // What is mounted there is not ours to remove.
        VolumeFileSystem.Unmount(DataOf(name));
        Files.RemoveTree(null, DirectoryOf(name));
    }
}
