using MiniDock.Abstractions;
using MiniDock.Linux;
using MiniDock.Plugins.Storage.FileSystems;

namespace MiniDock.Plugins.Storage.Volumes;

/// <summary>What is mounted at a volume's directory while it is used, where its options ask for something: a file system of a size of its own, or one of mount(8)'s
/// types. Called with the volume's lock held.</summary>
internal sealed class VolumeFileSystem(VolumeStore store, VolumeDefinition volume)
{
    private static readonly (string Name, MountFlags Flag)[] Flags =
    [
        ("ro", MountFlags.ReadOnly), ("nosuid", MountFlags.NoSuid), ("nodev", MountFlags.NoDev), ("noexec", MountFlags.NoExec), ("noatime", MountFlags.NoAtime),
        ("nodiratime", MountFlags.NoDirAtime), ("sync", MountFlags.Synchronous), ("dirsync", MountFlags.DirSync), ("rw", MountFlags.None), ("defaults", MountFlags.None),
    ];

    private string Data => store.DataOf(volume.Name);

    /// <summary>Takes what is mounted at a path away, all of it; what still uses it keeps it alive. Nothing there is no error.</summary>
    public static void Unmount(string path)
    {
        while (Mounts.TryUmount2(path, UmountFlags.Detach | UmountFlags.NoFollow) is var errno && errno != Errno.EINVAL)
        {
            if (errno == Errno.ENOENT)
            {
                return;
            }

            if (errno != Errno.Success)
            {
                throw new LinuxException("unmount", path, errno);
            }
        }
    }

    /// <summary>Makes what the volume will be mounted from.</summary>
    public void Make()
    {
        if (!volume.Options.TryGetValue("size", out var size))
        {
            return;
        }

        var image = store.ImageOf(volume.Name);
        using (var file = Files.Open(image, OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.Exclusive, 0x180))
        {
            Files.Truncate(file, long.Parse(size, System.Globalization.CultureInfo.InvariantCulture));
        }

        FileSystemMaker.Make(volume.Options["fs"], image, "minidock", isLasting: true);
    }

    /// <summary>Mounts it, unless another container that uses the volume has.</summary>
    /// <exception cref="EngineException">It cannot be mounted.</exception>
    public void Mount()
    {
        if (!volume.IsMounted || Files.StatAt(null, Data).IsMountRoot)
        {
            return;
        }

        var options = volume.Options;
        try
        {
            if (options.ContainsKey("size"))
            {
                MountImage(options["fs"]);
                return;
            }

            var (flags, data, isBind) = Split(options.GetValueOrDefault("o") ?? "");
            if (isBind)
            {
                Bind(options.GetValueOrDefault("device") ?? "", flags);
            }
            else
            {
                Mounts.Mount(options.GetValueOrDefault("device") ?? "none", Data, options["type"], flags, data);
            }
        }
        catch (LinuxException e)
        {
            throw new EngineException($"mount volume {volume.Name}: {e.Message}", e.Hint ?? $"see its options: minidock volume inspect {volume.Name}", inner: e);
        }
    }

    private void MountImage(string type)
    {
        using var file = Files.Open(store.ImageOf(volume.Name), OpenFlags.ReadWrite);
        using var device = Loop.Attach(file, new LoopOptions { ReadOnly = false });
        Mounts.Mount(device.Path, Data, type, MountFlags.None);
        using var root = Files.Open(Data, OpenFlags.Path | OpenFlags.Directory);
        FileSystemMaker.Tidy(root);
    }

    private void Bind(string device, MountFlags flags)
    {
        var attributes = (flags.HasFlag(MountFlags.ReadOnly) ? MountAttributes.ReadOnly : 0) | (flags.HasFlag(MountFlags.NoSuid) ? MountAttributes.NoSuid : 0)
            | (flags.HasFlag(MountFlags.NoDev) ? MountAttributes.NoDev : 0) | (flags.HasFlag(MountFlags.NoExec) ? MountAttributes.NoExec : 0);
        using var tree = Mounts.OpenTree(null, device, clone: true, recursive: true);
        if (attributes != MountAttributes.None)
        {
            Mounts.MountSetAttr(tree, "", recursive: true, attributes);
        }

        Mounts.MoveMount(tree, null, Data);
    }

    private static (MountFlags Flags, string? Data, bool IsBind) Split(string options)
    {
        var flags = MountFlags.None;
        var data = new List<string>();
        var isBind = false;
        foreach (var option in options.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (option is "bind" or "rbind")
            {
                isBind = true;
            }
            else if (Array.Find(Flags, f => f.Name == option) is { Name: not null } known)
            {
                flags |= known.Flag;
            }
            else
            {
                data.Add(option);
            }
        }

        return (flags, data.Count == 0 ? null : string.Join(',', data), isBind);
    }
}
