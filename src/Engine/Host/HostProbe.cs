using System.Text;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Engine.Host;

/// <summary>Finds out what a plan needs to know of the host, by about ten reads in /proc and /sys: no process, no privilege, well under a millisecond.</summary>
public static class HostProbe
{
    /// <summary>Reads the facts. Each file is read once: with many mounts, mountinfo alone costs milliseconds.</summary>
    /// <exception cref="LinuxException">/proc is not mounted.</exception>
    public static HostFacts Probe()
    {
        using var file = new ProcReader();
        var status = StatusFile.Parse(file.Read("/proc/self/status"));
        var layout = CgroupMounts.Parse(file.Read("/proc/self/mountinfo"));
        if (layout.UnifiedMount is { } unified && file.TryRead(Path.Combine(unified, "cgroup.controllers"), out var controllers) == Errno.Success)
        {
            layout = layout with { UnifiedControllers = Text(controllers).Split(' ', StringSplitOptions.RemoveEmptyEntries) };
        }

        return new HostFacts
        {
            KernelRelease = Text(file.Read("/proc/sys/kernel/osrelease")),
            BootId = Text(file.Read("/proc/sys/kernel/random/boot_id")),
            EffectiveUserId = status.EffectiveUserId,
            BoundingCapabilities = status.BoundingCapabilities,
            LastCapability = LastCapability(file, status),
            FileSystems = FileSystemNames.Parse(file.Read("/proc/filesystems")),
            Cgroups = layout,
            HardLimits = HardLimitsFile.Parse(file.Read("/proc/self/limits")),
            Processors = Processors(file),
            MemoryBytes = MemoryTotal(file),
            Namespaces = NamespaceNames(),
            HostName = Text(file.Read("/proc/sys/kernel/hostname")),
        };
    }

    /// <summary>How many numbers a kernel list such as <c>0-3,7</c> names (cpuset.rst, "List Format").</summary>
    internal static int CountOfList(ReadOnlySpan<char> list)
    {
        var count = 0;
        foreach (var part in list.Split(','))
        {
            var range = list[part].Trim();
            var dash = range.IndexOf('-');
            if (dash < 0)
            {
                count += range.IsEmpty ? 0 : 1;
            }
            else if (int.TryParse(range[..dash], out var first) && int.TryParse(range[(dash + 1)..], out var last))
            {
                count += last - first + 1;
            }
        }

        return count;
    }

    private static string Text(ReadOnlySpan<byte> content) => Encoding.UTF8.GetString(content.TrimEnd((byte)'\n'));

    // Older than 3.2 there is no such file; the bounding set of root then ends with the last capability.
    private static int LastCapability(ProcReader file, StatusFile status) =>
        file.TryRead("/proc/sys/kernel/cap_last_cap", out var content) == Errno.Success && int.TryParse(content.TrimEnd((byte)'\n'), out var last)
            ? last
            : 63 - System.Numerics.BitOperations.LeadingZeroCount(status.BoundingCapabilities | 1);

    // Not Environment.ProcessorCount: that is what this process may use, and a container may be given others.
    private static int Processors(ProcReader file) =>
        file.TryRead("/sys/devices/system/cpu/online", out var content) == Errno.Success && CountOfList(Text(content)) is > 0 and var count
            ? count
            : Environment.ProcessorCount;

    private static long MemoryTotal(ProcReader file)
    {
        var rest = file.Read("/proc/meminfo");
        var label = "MemTotal:"u8;
        if (!rest.StartsWith(label))
        {
            return 0;
        }

        rest = rest[label.Length..].TrimStart((byte)' ');
        var digits = rest[..rest.IndexOf((byte)' ')];
        return long.TryParse(digits, out var kibibytes) ? kibibytes << 10 : 0;
    }

    // The directory has pid_for_children and time_for_children too.
    private static HashSet<string> NamespaceNames() =>
        [.. Files.ReadDirectory("/proc/self/ns").Select(entry => entry.Text).Where(name => !name.Contains('_'))];
}
