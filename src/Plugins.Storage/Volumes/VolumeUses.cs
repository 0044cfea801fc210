using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Plugins.Storage.Volumes;

/// <summary>Which running containers use a volume: an empty file for each of their mounts, in the run root. Changed with the volume's lock held.</summary>
internal sealed class VolumeUses(EnginePaths paths, string volume)
{
    private readonly string _directory = Path.Combine(paths.RunVolumes, "uses", volume);

    public void Add(ContainerId id, string step)
    {
        Files.CreateDirectories(_directory, 0x1C0);
        Files.Open(FileOf(id, step), OpenFlags.WriteOnly | OpenFlags.Create, 0x180).Dispose();
    }

    /// <summary>Ends a container's use, if it was one.</summary>
    public void Remove(ContainerId id, string step)
    {
        Files.TryUnlinkAt(null, FileOf(id, step));

        // Refused while others use it.
        Files.TryUnlinkAt(null, _directory, removeDirectory: true);
    }

    public IReadOnlyList<ContainerId> List()
    {
        var ids = new List<ContainerId>();
        if (Directory.Exists(_directory))
        {
            foreach (var path in Directory.EnumerateFiles(_directory))
            {
                if (ContainerId.TryParse(Path.GetFileNameWithoutExtension(path), out var id))
                {
                    ids.Add(id);
                }
            }
        }

        return ids;
    }

    // Steps are named by words and dots; the last part of a name is its extension.
    private string FileOf(ContainerId id, string step) => Path.Combine(_directory, $"{id.Value}.{step.Replace('.', '-')}");
}
