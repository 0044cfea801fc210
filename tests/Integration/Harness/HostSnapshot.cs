using System.Text;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Tests.Integration.Harness;

/// <summary>
/// What an engine could leave behind on the host: mounts, links, names of network namespaces, packet filter rules, control
/// groups, processes, loop devices, and files of containers. Two snapshots are compared, so what was there before is no leak.
/// </summary>
public sealed class HostSnapshot
{
    private readonly SortedSet<string> _entries = new(StringComparer.Ordinal);

    private HostSnapshot()
    {
    }

    /// <summary>Looks at the host.</summary>
    /// <param name="directory">The directory that holds both roots of the engine.</param>
    public static HostSnapshot Take(string directory)
    {
        var tag = new EnginePaths(Path.Combine(directory, "root"), Path.Combine(directory, "run")).InstanceTag;
        var snapshot = new HostSnapshot();
        snapshot.Add("mount", HostMounts.Lines());
        snapshot.Add("link", HostNetwork.Links());
        snapshot.Add("network namespace", HostNetwork.NamespaceNames());
        snapshot.Add("nft", HostNetwork.Rules());
        snapshot.Add("process", HostProcesses.Of(directory).Values);
        snapshot.Add("cgroup", HostCgroups.Directories(tag));
        snapshot.Add("loop device", HostMounts.LoopDevices(directory));
        snapshot.Add("file", HostFiles.OfContainers(directory));
        snapshot.Add("container name", HostFiles.ContainerNames(directory));
        snapshot.Add("network record", HostFiles.NetworkRecords(directory));
        snapshot.Add("host name", [File.ReadAllText("/proc/sys/kernel/hostname").Trim()]);
        return snapshot;
    }

    /// <summary>What differs, a line each with <c>+</c> for what is new and <c>-</c> for what is gone; empty when nothing does.</summary>
    public string DifferenceTo(HostSnapshot later)
    {
        var text = new StringBuilder();
        foreach (var entry in later._entries.Except(_entries))
        {
            text.Append("+ ").AppendLine(entry);
        }

        foreach (var entry in _entries.Except(later._entries))
        {
            text.Append("- ").AppendLine(entry);
        }

        return text.ToString();
    }

    private void Add(string kind, IEnumerable<string> entries)
    {
        foreach (var group in entries.GroupBy(entry => entry, StringComparer.Ordinal))
        {
            var count = group.Count();
            _entries.Add(count == 1 ? $"{kind}: {group.Key}" : $"{kind}: {group.Key} (×{count})");
        }
    }
}
