using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;
using Propagation = MiniDock.Abstractions.Model.Propagation;

namespace MiniDock.Plugins.Storage.Bind;

/// <summary>Whether mounts can spread from and to the source of a bind at all: that is for the mount to say which the source is on.</summary>
internal static class BindPropagation
{
    /// <summary>What is wrong with the propagation that was asked, as docker checks it; null where nothing is. The mount table is read only where mounts are to spread.</summary>
    public static Problem? Complaint(MountSpec mount)
    {
        var isShared = mount.Propagation is Propagation.Shared or Propagation.RShared;
        if (!isShared && mount.Propagation is not (Propagation.Slave or Propagation.RSlave))
        {
            return null;
        }

        // A source that is missing is made beside what is there.
        var source = mount.Source;
        FileStat stat;
        while (Files.TryStatAt(null, source, followLink: true, out stat) != Errno.Success && source.Length > 1)
        {
            source = Path.GetDirectoryName(source)!;
        }

        var on = MountTable.Read().FirstOrDefault(m => (ulong)m.Id == stat.MountId);
        if (on is null || on.Propagation.Contains("shared:", StringComparison.Ordinal) || (!isShared && on.Propagation.Contains("master:", StringComparison.Ordinal)))
        {
            return null;
        }

        return new Problem(
            $"bind {mount.Source}: EINVAL (the mount that it is on, {on.Target}, is not shared{(isShared ? "" : ", nor a slave")})",
            on.Target == source ? $"mount --make-shared {on.Target}" : $"mount --make-shared {on.Target}, or for this directory alone: mount --bind {source} {source} && mount --make-shared {source}");
    }
}
