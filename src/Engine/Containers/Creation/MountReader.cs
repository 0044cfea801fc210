using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads <c>-v</c>, <c>--mount</c>, <c>--tmpfs</c>, <c>--ramdisk</c>, <c>--volumes-from</c> and <c>--shm-size</c>.</summary>
internal sealed class MountReader(ICreationSources sources, Findings findings)
{
    /// <summary>Size of /dev/shm unless asked otherwise.</summary>
    private const long DefaultShmBytes = 64L << 20;

    /// <summary>The mounts, shallow targets first so that none hides another.</summary>
    public IReadOnlyList<MountSpec> Read(RunFlags flags, ImageDefaults image)
    {
        var mounts = flags.Volumes.Select(v => VolumeText.Parse(v, sources.CurrentDirectory, findings))
            .Concat(flags.Mounts.Select(m => new MountText(m, sources, findings).Parse()))
            .Concat(flags.Tmpfs.Select(t => TmpfsText.Parse("--tmpfs", t, findings)))
            .Concat(flags.Ramdisks.Select(r => RamdiskText.Parse(r, findings)))
            .OfType<MountSpec>().ToList();
        foreach (var twice in mounts.GroupBy(m => m.Target).Where(g => g.Count() > 1))
        {
            findings.Invalid("mount target", twice.Key, "it is given twice");
        }

        foreach (var inherited in flags.VolumesFrom.SelectMany(From).Concat(image.Volumes.SelectMany(OfImage)))
        {
            // What is asked for outright wins over another container's mounts, and those over the image's.
            if (!mounts.Exists(m => m.Target == inherited.Target))
            {
                mounts.Add(inherited);
            }
        }

        return mounts.Count < 2 ? mounts : [.. mounts.OrderBy(m => m.Target.Count(c => c == '/'))];
    }

    private IEnumerable<MountSpec> From(string text)
    {
        const string flag = "--volumes-from";
        var colon = text.LastIndexOf(':');
        var (name, mode) = colon < 0 ? (text, "rw") : (text[..colon], text[(colon + 1)..]);
        if (mode is not ("ro" or "rw" or "z" or "Z"))
        {
            findings.Invalid(flag, text, $"no mode {mode}", "it is CONTAINER, CONTAINER:ro or CONTAINER:rw");
            return [];
        }

        if (sources.MountsOf(name) is not { } mounts)
        {
            findings.Invalid(flag, text, "there is no such container", "minidock ps -a lists the containers");
            return [];
        }

        // They are the other container's: neither filled nor removed with this one.
        return mounts.Where(m => m.Type is "bind" or "volume").Select(m => m with
        {
            ReadOnly = m.ReadOnly || mode == "ro",
            Options = m.Type != "volume" ? m.Options : new Dictionary<string, string>(m.Options.Where(o => o.Key != "anonymous")) { ["nocopy"] = "true" },
        });
    }

    private IEnumerable<MountSpec> OfImage(string path)
    {
        if (ContainerPath.ComplaintOfTarget(path) is not { } complaint)
        {
            return [VolumeText.Anonymous(path)];
        }

        findings.Invalid("volume of the image", path, complaint);
        return [];
    }

    /// <summary>Size of /dev/shm in bytes.</summary>
    public long ShmSize(RunFlags flags)
    {
        if (flags.ShmSize is null)
        {
            return DefaultShmBytes;
        }

        if (SizeText.TryParse(flags.ShmSize, out var bytes) && bytes > 0)
        {
            return bytes;
        }

        findings.Invalid("--shm-size", flags.ShmSize, "not a size", SizeText.Rule);
        return DefaultShmBytes;
    }
}
