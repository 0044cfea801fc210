using System.Text.RegularExpressions;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Tests.Integration.Harness;

/// <summary>Control groups of containers, in every hierarchy that is mounted.</summary>
public static partial class HostCgroups
{
    /// <summary>Where hierarchies are mounted, v1 and v2.</summary>
    public static IEnumerable<string> MountPoints() =>
        from line in File.ReadAllLines("/proc/self/mountinfo")
        let halves = line.Split(" - ")
        where halves[1].StartsWith("cgroup ", StringComparison.Ordinal) || halves[1].StartsWith("cgroup2 ", StringComparison.Ordinal)
        select halves[0].Split(' ')[4];

    /// <summary>
    /// Directories that are named after a container, unless they are of another root or hold processes of somebody else: another
    /// engine may be at work on this machine, and its containers are no leak of ours.
    /// </summary>
    /// <param name="ours">Processes of the engine under test.</param>
    /// <param name="directory">The directory that holds both roots of the engine under test.</param>
    public static IEnumerable<string> Directories(IEnumerable<int> ours, string directory)
    {
        var tag = new EnginePaths(Path.Combine(directory, "root"), "").InstanceTag;
        var known = ours.Select(id => $"{id}").ToHashSet();
        return MountPoints().SelectMany(Below).Where(group => InstancePattern().Match(group) is not { Success: true } of || of.Groups[1].Value == tag).Where(group =>
        {
            var inside = ProcFile.TryRead(Path.Combine(group, "cgroup.procs")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return inside.Length == 0 || inside.Any(known.Contains);
        });
    }

    private static List<string> Below(string top)
    {
        var found = new List<string>();
        var pending = new Stack<string>([top]);
        while (pending.TryPop(out var directory))
        {
            try
            {
                foreach (var child in Directory.GetDirectories(directory))
                {
                    pending.Push(child);
                    if (child.Contains("minidock", StringComparison.Ordinal) && ContainerIdPattern().IsMatch(child))
                    {
                        found.Add(child);
                    }
                }
            }
            catch (DirectoryNotFoundException)
            {
                // It was removed meanwhile.
            }
        }

        return found;
    }

    [GeneratedRegex("/minidock-([0-9a-f]{8})/")]
    private static partial Regex InstancePattern();

    [GeneratedRegex("[0-9a-f]{12}")]
    private static partial Regex ContainerIdPattern();
}
