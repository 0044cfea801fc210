using System.Text.RegularExpressions;

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

    /// <summary>Directories of containers of one engine.</summary>
    /// <param name="tag">What the names of that engine's kernel objects carry: another engine may be at work on this machine.</param>
    public static IEnumerable<string> Directories(string tag) =>
        MountPoints().SelectMany(Below).Where(directory => directory.Contains(tag, StringComparison.Ordinal));

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

    [GeneratedRegex("[0-9a-f]{12}")]
    private static partial Regex ContainerIdPattern();
}
