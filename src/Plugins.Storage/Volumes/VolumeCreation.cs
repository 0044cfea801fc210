using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Storage.FileSystems;

namespace MiniDock.Plugins.Storage.Volumes;

/// <summary>Makes volumes.</summary>
/// <param name="paths">The engine's directories.</param>
/// <param name="made">Told of each volume that was really made; null for nobody.</param>
public sealed class VolumeCreation(EnginePaths paths, Action<VolumeDefinition>? made = null)
{
    /// <summary>Makes a volume; one of the same name and provider that exists already is as good, as docker has it.</summary>
    /// <exception cref="EngineException">All that is wrong with it; exit code 1.</exception>
    public VolumeDefinition Create(NewVolume wanted)
    {
        if (Problems(wanted).ToList() is { Count: > 0 } problems)
        {
            throw EngineException.Of(problems, exitCode: 1);
        }

        using var held = VolumeLock.Take(paths, wanted.Name);
        return Create(held, wanted);
    }

    /// <summary>Makes the volumes of a container that is not started yet.</summary>
    public void CreateFor(ContainerSpec spec)
    {
        foreach (var mount in spec.Mounts.Where(m => m.Type == VolumeMountProvider.TypeName))
        {
            Create(VolumeMountProvider.Wanted(mount.Source, mount.Options));
        }
    }

    internal static IEnumerable<Problem> Problems(NewVolume wanted)
    {
        var what = $"volume {Shown(wanted.Name)}";
        if (!VolumeName.IsValid(wanted.Name))
        {
            yield return new Problem($"{what}: EINVAL (not a name)", $"a name is {VolumeName.Rule}");
        }

        if (wanted.Driver != VolumeDefinition.LocalDriver)
        {
            yield return new Problem($"{what}: ENOENT (no volume provider {Shown(wanted.Driver)})", $"the provider here is {VolumeDefinition.LocalDriver}");
            yield break;
        }

        foreach (var key in wanted.Options.Keys.Where(k => k is not ("type" or "o" or "device")))
        {
            yield return new Problem($"{what}: EINVAL (no option {Shown(key)} of provider {wanted.Driver})", "the options are type, o and device, as of mount(8)");
        }

        var isBind = wanted.Options.GetValueOrDefault("o")?.Split(',').Any(o => o is "bind" or "rbind") == true;
        if (isBind && wanted.Options.GetValueOrDefault("device")?.StartsWith('/') != true)
        {
            yield return new Problem($"{what}: EINVAL (a bind needs device=, an absolute path)");
        }
        else if (wanted.Options.Count > 0 && !isBind && wanted.Options.GetValueOrDefault("type") is not { Length: > 0 })
        {
            yield return new Problem($"{what}: EINVAL (type= is missing)", "such as -o type=tmpfs -o device=tmpfs -o o=size=100m");
        }

        if (wanted.SizeBytes is { } size)
        {
            if (wanted.Options.Count > 0)
            {
                yield return new Problem($"{what}: EINVAL (--size and the options of a mount exclude each other)");
            }
            else if (FileSystemMaker.Complaint(what, wanted.FileSystem ?? "ext4", size) is { } complaint)
            {
                yield return complaint;
            }
        }
        else if (wanted.FileSystem is not null)
        {
            yield return new Problem($"{what}: EINVAL (--fs needs --size)", "such as --size 1G --fs ext4");
        }
    }

    /// <summary>The volume of a name, made where there is none, with its lock held.</summary>
    internal VolumeDefinition Create(VolumeLock held, NewVolume wanted)
    {
        var store = new VolumeStore(paths);
        if (store.Find(wanted.Name) is { } existing)
        {
            return existing;
        }

        var volume = new VolumeDefinition(wanted.Name, DateTimeOffset.UtcNow)
        {
            Driver = wanted.Driver,
            IsAnonymous = wanted.IsAnonymous,
            Labels = wanted.Labels,
            Options = wanted.SizeBytes is { } size
                ? new Dictionary<string, string> { ["size"] = FormattableString.Invariant($"{size}"), ["fs"] = wanted.FileSystem ?? "ext4" }
                : wanted.Options,
        };
        store.Make(held, volume);
        made?.Invoke(volume);
        return volume;
    }

    private static string Shown(string name) => name.Any(char.IsControl) ? string.Concat(name.Select(c => char.IsControl(c) ? '?' : c)) : name;
}
