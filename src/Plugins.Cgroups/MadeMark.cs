using MiniDock.Linux;

namespace MiniDock.Plugins.Cgroups;

/// <summary>A mark on a group that an engine made because a container named it as its parent: an extended attribute, which lives and goes with the group.
/// Whoever ends the last container below it sees by the mark that the group is to go too.</summary>
internal static class MadeMark
{
    // "trusted" needs CAP_SYS_ADMIN; "user" is there on version 2 from Linux 5.7 on.
    private static readonly string[] Names = ["trusted.minidock.made", "user.minidock.made"];

    /// <summary>Marks a group; false where the kernel has no attributes for it.</summary>
    public static bool TrySet(string directory) => Names.Any(name => Files.TrySetXattr(directory, name, "1"u8) == Errno.Success);

    /// <summary>Takes the mark away: the group has become somebody's.</summary>
    public static void Clear(string directory)
    {
        if (Has(directory))
        {
            foreach (var name in Names)
            {
                _ = Files.TrySetXattr(directory, name, "0"u8);
            }
        }
    }

    /// <summary>Whether a group has the mark.</summary>
    public static bool Has(string directory)
    {
        var errno = Files.TryOpenAt(null, directory, OpenFlags.Directory, 0, out var handle);
        using (handle)
        {
            return errno == Errno.Success && Names.Any(name => Files.TryGetXattr(handle, name, out var value) == Errno.Success && value is [(byte)'1']);
        }
    }
}
