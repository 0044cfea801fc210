using System.Globalization;

namespace MiniDock.Tests.Integration.Harness;

/// <summary>The processes that an engine and its containers consist of.</summary>
public static class HostProcesses
{
    /// <summary>
    /// Processes that came from the engine with this directory, by id: its own commands, whatever sees a mount of its directory in a
    /// mount namespace of its own, and descendants of this test program.
    /// </summary>
    public static SortedDictionary<int, string> Of(string directory)
    {
        var ids = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && id != Environment.ProcessId)
            .ToList();
        var parents = ids.ToDictionary(id => id, ParentOf);
        var found = new SortedDictionary<int, string>();
        var ownNamespace = ProcFile.TryReadLink("/proc/self/ns/mnt");
        foreach (var id in ids)
        {
            var command = ProcFile.TryRead($"/proc/{id}/cmdline").Replace('\0', ' ').TrimEnd();
            if (command.Contains(directory, StringComparison.Ordinal) || Descends(id, parents) || SeesMountOf(directory, id, ownNamespace))
            {
                found[id] = $"{id} {(command.Length > 0 ? command : ProcFile.TryRead($"/proc/{id}/comm").Trim())}";
            }
        }

        return found;
    }

    private static bool Descends(int id, Dictionary<int, int> parents)
    {
        for (var depth = 0; depth < 64 && parents.TryGetValue(id, out var parent); depth++)
        {
            if (parent == Environment.ProcessId)
            {
                return true;
            }

            id = parent;
        }

        return false;
    }

    private static bool SeesMountOf(string directory, int id, string ownNamespace)
    {
        var itsNamespace = ProcFile.TryReadLink($"/proc/{id}/ns/mnt");
        return itsNamespace.Length > 0 && itsNamespace != ownNamespace
            && ProcFile.TryRead($"/proc/{id}/mountinfo").Contains(directory + "/", StringComparison.Ordinal);
    }

    private static int ParentOf(int id)
    {
        // The name, in parentheses, may hold anything: the fields are counted from the last parenthesis.
        var stat = ProcFile.TryRead($"/proc/{id}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 ? int.Parse(fields[1], CultureInfo.InvariantCulture) : 0;
    }
}
