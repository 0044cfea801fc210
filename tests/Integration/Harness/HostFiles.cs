namespace MiniDock.Tests.Integration.Harness;

/// <summary>Files and directories that an engine keeps for its containers.</summary>
public static class HostFiles
{
    // What outlives a container rightly: images, definitions of networks, lock files, which are never removed, the mark that a
    // command has looked for leftovers since boot, and what has happened since then.
    private static readonly string[] Lasting = ["root/images/", "root/networks/", "run/networks/", "run/swept", "run/events/"];

    /// <summary>Files below the engine's directory, without images, networks and locks.</summary>
    public static IEnumerable<string> OfContainers(string directory)
    {
        // Unreadable or vanished directories are not an error, and mounts below are looked at like directories.
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return Directory.EnumerateFiles(directory, "*", options)
            .Select(path => Path.GetRelativePath(directory, path))
            .Where(path => !path.EndsWith(".lock", StringComparison.Ordinal) && !path.StartsWith("scratch/", StringComparison.Ordinal))
            .Where(path => !Lasting.Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal)))
            .ToList();
    }

    /// <summary>Names of containers, which are links.</summary>
    public static IEnumerable<string> ContainerNames(string directory)
    {
        var names = Path.Combine(directory, "root/names");
        return !Directory.Exists(names) ? [] : Directory.EnumerateFileSystemEntries(names).Select(path => Path.GetFileName(path)).ToList();
    }

    /// <summary>Addresses, ports and names that containers hold: the records of the run root's network files.</summary>
    public static IEnumerable<string> NetworkRecords(string directory)
    {
        var networks = Path.Combine(directory, "run/networks");
        return !Directory.Exists(networks) ? [] : Directory.EnumerateFiles(networks, "*", SearchOption.AllDirectories)
            .SelectMany(file => ProcFile.TryRead(file).Split('\n').Select(line => line.Trim()))
            .Where(line => line.StartsWith("lease ", StringComparison.Ordinal) || line.StartsWith("port ", StringComparison.Ordinal)
                || line.StartsWith("name ", StringComparison.Ordinal) || line.StartsWith("alias ", StringComparison.Ordinal))
            .ToList();
    }
}
