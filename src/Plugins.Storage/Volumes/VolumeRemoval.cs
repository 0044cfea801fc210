using MiniDock.Abstractions;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Plugins.Storage.Volumes;

/// <summary>Removes volumes with all that they hold.</summary>
/// <param name="paths">The engine's directories.</param>
/// <param name="users">Which containers have them.</param>
/// <param name="removed">Told of each volume that was removed; null for nobody.</param>
public sealed class VolumeRemoval(EnginePaths paths, IVolumeUsers users, Action<VolumeDefinition>? removed = null)
{
    /// <summary>Removes a volume.</summary>
    /// <exception cref="EngineException">There is none of the name, or containers use it; exit code 1.</exception>
    public void Remove(string name)
    {
        if (new VolumeStore(paths).Find(name) is null)
        {
            throw new EngineException($"volume {name}: ENOENT (no such volume)", "minidock volume ls lists the volumes", exitCode: 1);
        }

        if (TryRemove(name) is { Count: > 0 } holders)
        {
            throw new EngineException(
                $"volume {name}: EBUSY (in use by {string.Join(", ", holders)})", "remove these containers first, such as by minidock rm -f", exitCode: 1);
        }
    }

    /// <summary>Removes a volume unless containers have it.</summary>
    /// <returns>The containers; none where it was removed, or was not there.</returns>
    public IReadOnlyList<string> TryRemove(string name)
    {
        using var held = VolumeLock.Take(paths, name);
        var store = new VolumeStore(paths);
        var known = users.Of(name);
        var holders = known.Select(u => $"{u.Name} ({u.Id.Short})").ToList();

        // A container that goes with its run is in the store only from when it runs.
        holders.AddRange(new VolumeUses(paths, name).List().Distinct().Where(id => !known.Any(u => u.Id == id)).Select(id => id.Short));
        if (holders.Count > 0)
        {
            return holders;
        }

        var volume = store.Find(name);
        store.Remove(held);
        if (volume is not null)
        {
            removed?.Invoke(volume);
        }

        return [];
    }
}
