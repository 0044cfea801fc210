using System.Globalization;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Usage;

/// <summary>Finds processes by their group or their namespace.</summary>
internal static class ProcessFiles
{
    /// <summary>Those of a group and of all groups below it.</summary>
    public static IEnumerable<int> InTree(string directory) => Groups(directory).SelectMany(InGroup).Distinct();

    /// <summary>Those of one group.</summary>
    public static IEnumerable<int> InGroup(string directory)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(Path.Combine(directory, "cgroup.procs"));
        }
        catch (IOException)
        {
            return [];
        }

        // 0 is a process of a pid namespace that is not below this one.
        return lines.Select(line => int.Parse(line, CultureInfo.InvariantCulture)).Where(pid => pid > 0);
    }

    /// <summary>A group and those below it, parents first.</summary>
    public static IEnumerable<string> Groups(string directory)
    {
        string[] children;
        try
        {
            children = Directory.GetDirectories(directory);
        }
        catch (IOException)
        {
            children = [];
        }

        return children.Order(StringComparer.Ordinal).SelectMany(Groups).Prepend(directory);
    }

    /// <summary>Those in the pid namespace of a process.</summary>
    public static IEnumerable<int> InNamespaceOf(int pid)
    {
        var wanted = NamespaceOf(pid);
        return wanted is null ? [] : Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && NamespaceOf(id) == wanted);
    }

    private static string? NamespaceOf(int pid) =>
        Files.TryReadLinkAt(null, $"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/ns/pid", out var target) == Errno.Success ? System.Text.Encoding.ASCII.GetString(target) : null;
}
