using MiniDock.Linux;

namespace MiniDock.Plugins.Cgroups;

/// <summary>Groups below a group.</summary>
internal static class GroupTree
{
    /// <summary>The group itself and all below it, parents first; those that vanish meanwhile are left out.</summary>
    public static IEnumerable<string> Below(string directory) => Children(directory).SelectMany(Below).Prepend(directory);

    /// <summary>Directories of the groups right below a group.</summary>
    public static IEnumerable<string> Children(string directory)
    {
        var errno = Files.TryOpenAt(null, directory, OpenFlags.Directory, 0, out var handle);
        using (handle)
        {
            return errno != Errno.Success
                ? []
                : Files.ReadDirectory(handle).Where(e => e.Kind == FileKind.Directory).Select(e => $"{directory}/{e.Text}").ToList();
        }
    }
}
