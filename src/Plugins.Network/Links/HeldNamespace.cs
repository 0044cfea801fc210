using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Plugins.Network.Links;

/// <summary>The network namespace of a container, held by a bind mount: it has a path and lives whatever becomes of the container's processes and of the
/// engine's, until it is let go.</summary>
internal static class HeldNamespace
{
    /// <summary>Where an attachment holds it.</summary>
    public static string PathOf(EnginePaths paths, ContainerId id, string attachment) => Path.Combine(paths.RunNetworks, "held", $"{id.Value}-{attachment}");

    /// <summary>Holds a namespace.</summary>
    public static void Hold(string path, SafeFileHandle inside)
    {
        Files.CreateDirectories(Path.GetDirectoryName(path)!, 0x1C0);
        Files.Open(path, OpenFlags.ReadOnly | OpenFlags.Create, 0x100).Dispose();
        var error = Mounts.TryMount($"/proc/self/fd/{inside.DangerousGetHandle()}", path, null, MountFlags.Bind);
        if (error != Errno.Success)
        {
            Files.TryUnlinkAt(null, path);
            throw new LinuxException("hold network namespace", path, error);
        }
    }

    /// <summary>Opens it; null where it is not held.</summary>
    public static SafeFileHandle? TryOpen(string path)
    {
        if (Files.TryOpenAt(null, path, OpenFlags.ReadOnly, 0, out var held) != Errno.Success)
        {
            return null;
        }

        if (Files.StatFs(held).Magic == FileSystemStat.NamespaceFs)
        {
            return held;
        }

        held.Dispose();
        return null;
    }

    /// <summary>Whether it is held.</summary>
    public static bool IsHeld(string path) => Files.Exists(path) && Files.StatFs(path).Magic == FileSystemStat.NamespaceFs;

    /// <summary>Lets it go; nothing where it is not held.</summary>
    public static void LetGo(string path)
    {
        if (IsHeld(path))
        {
            Mounts.Umount2(path, UmountFlags.Detach | UmountFlags.NoFollow);
        }

        Files.TryUnlinkAt(null, path);
    }
}
