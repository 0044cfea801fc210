using Microsoft.Win32.SafeHandles;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Exec;

/// <summary>Opens a pseudoterminal in the container's own devpts, so that <c>tty</c> and <c>/dev/pts</c> inside agree.</summary>
internal static class ContainerTerminal
{
    /// <summary>The terminal; null where the container has no devpts that can be trusted: then one of the host serves.</summary>
    public static (SafeFileHandle Master, SafeFileHandle Slave)? TryOpen(ContainerTarget target)
    {
        using var root = target.OpenRoot();

        // The path is the container's to change, also while we look: what is behind the descriptor is checked, and then that very file opened.
        var error = Files.TryOpenAt2(
            root, "dev/pts/ptmx", OpenFlags.Path | OpenFlags.NoFollow, 0, ResolveFlags.InRoot | ResolveFlags.NoSymlinks | ResolveFlags.NoMagicLinks, out var node);
        using (node)
        {
            if (error != Errno.Success
                || Files.Stat(node) is not { Kind: FileKind.CharacterDevice } stat || stat.RawDevice != new DeviceNumber(5, 2)
                || Files.StatFs(node).Magic != FileSystemStat.DevPts)
            {
                return null;
            }

            try
            {
                return Terminals.OpenPty($"/proc/self/fd/{node.DangerousGetHandle()}");
            }
            catch (LinuxException)
            {
                return null;
            }
        }
    }
}
