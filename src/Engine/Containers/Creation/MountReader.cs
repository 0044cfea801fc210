using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads <c>-v</c>, <c>--mount</c>, <c>--tmpfs</c> and <c>--shm-size</c>.</summary>
internal sealed class MountReader(ICreationSources sources, Findings findings)
{
    /// <summary>Size of /dev/shm unless asked otherwise.</summary>
    private const long DefaultShmBytes = 64L << 20;

    /// <summary>The mounts, shallow targets first so that none hides another.</summary>
    public IReadOnlyList<MountSpec> Read(RunFlags flags)
    {
        var mounts = flags.Volumes.Select(v => VolumeText.Parse(v, sources.CurrentDirectory, findings))
            .Concat(flags.Mounts.Select(m => new MountText(m, sources.CurrentDirectory, findings).Parse()))
            .Concat(flags.Tmpfs.Select(t => TmpfsText.Parse("--tmpfs", t, findings)))
            .OfType<MountSpec>().ToList();
        foreach (var twice in mounts.GroupBy(m => m.Target).Where(g => g.Count() > 1))
        {
            findings.Invalid("mount target", twice.Key, "it is given twice");
        }

        return mounts.Count < 2 ? mounts : [.. mounts.OrderBy(m => m.Target.Count(c => c == '/'))];
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
