using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Creation;
using MiniDock.Engine.Containers.Exec;
using MiniDock.Engine.Run.Child;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Sharing;

/// <summary>
/// Namespaces with names: each is a bind mount of its nsfs file below the run root, as <c>ip netns</c> has them for networks. It
/// outlives its processes until it is unpinned, or the machine goes down.
/// </summary>
public sealed class PinnedNamespaces(EnginePaths paths)
{
    private readonly string _directory = Path.Combine(paths.RunRoot, "ns");

    /// <summary>The file of a pinned namespace, or null where no namespace has this name.</summary>
    public string? Find(string name)
    {
        var path = Path.Combine(_directory, name);
        return ContainerName.IsValid(name) && Files.Exists(path) && Files.StatFs(path).Magic == FileSystemStat.NamespaceFs ? path : null;
    }

    /// <summary>All of them, by name.</summary>
    public IReadOnlyList<PinnedNamespace> List() =>
        !Directory.Exists(_directory) ? [] : [.. Directory.EnumerateFiles(_directory).Order(StringComparer.Ordinal).Select(TryRead).OfType<PinnedNamespace>()];

    /// <summary>Gives a namespace of a container a name.</summary>
    /// <exception cref="EngineException">The name is taken or no name, or the kernel refuses the mount; exit code 1.</exception>
    public void Pin(ContainerTarget target, NamespaceType type, string name)
    {
        if (!ContainerName.IsValid(name))
        {
            throw new EngineException($"namespace {name}: EINVAL (not a name)", $"a name is {ContainerName.Rule}", exitCode: 1);
        }

        using var file = target.OpenNamespace(type);
        Files.CreateDirectories(_directory, 0x1C0);
        using var held = Files.Open(_directory, OpenFlags.ReadOnly | OpenFlags.Directory);
        Files.TryFlock(held, exclusive: true, wait: true);
        if (Find(name) is not null)
        {
            throw new EngineException($"namespace {name}: EEXIST (a namespace is pinned under this name)", $"minidock ns unpin {name}", exitCode: 1);
        }

        // A file that is no namespace is what a killed engine left between these two calls.
        var path = Path.Combine(_directory, name);
        Files.Open(path, OpenFlags.ReadOnly | OpenFlags.Create, 0x100).Dispose();
        var error = Mounts.TryMount($"/proc/self/fd/{file.DangerousGetHandle()}", path, null, MountFlags.Bind);
        if (error != Errno.Success)
        {
            Files.TryUnlinkAt(null, path);
            var cause = new LinuxException("pin namespace", name, error, NamespaceText.NameOf(type));
            throw new EngineException(cause.Message, error == Errno.EINVAL ? "the kernel takes a mount namespace only in one that is older than it, where mounts are not shared" : cause.Hint, exitCode: 1);
        }
    }

    /// <summary>Takes the name away; the namespace goes with its last process.</summary>
    /// <exception cref="EngineException">There is none of this name; exit code 1.</exception>
    public void Unpin(string name)
    {
        if (Find(name) is not { } path)
        {
            throw new EngineException($"namespace {name}: ENOENT (no namespace is pinned under this name)", "minidock ns ls lists them", exitCode: 1);
        }

        Mounts.Umount2(path, UmountFlags.Detach | UmountFlags.NoFollow);
        Files.TryUnlinkAt(null, path);
    }

    private static PinnedNamespace? TryRead(string path)
    {
        if (Files.TryOpenAt(null, path, OpenFlags.ReadOnly, 0, out var file) != Errno.Success)
        {
            return null;
        }

        using (file)
        {
            return Files.StatFs(file).Magic == FileSystemStat.NamespaceFs ? new PinnedNamespace(Path.GetFileName(path), TypeOf(file), Namespaces.Identify(file)) : null;
        }
    }

    private static NamespaceType TypeOf(SafeFileHandle file)
    {
        var flag = Namespaces.TypeOf(file);
        return Enum.GetValues<NamespaceType>().First(type => ChildNamespaces.Flag(type) == flag);
    }
}
