using System.Text;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Host;

/// <summary>Finds the control group hierarchies in /proc/PID/mountinfo, proc(5).</summary>
internal static class CgroupMounts
{
    /// <summary>Parses the file's content. Lines of other file systems are passed over undecoded: there may be thousands.</summary>
    public static CgroupLayout Parse(ReadOnlySpan<byte> mountInfo)
    {
        string? unified = null;
        var v1 = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var range in mountInfo.Split((byte)'\n'))
        {
            var line = mountInfo[range];
            var separator = line.IndexOf(" - cgroup"u8);
            if (separator < 0)
            {
                continue;
            }

            // "cgroup SOURCE SUPER_OPTIONS" or "cgroup2 …"
            var tail = Encoding.UTF8.GetString(line[(separator + 3)..]).Split(' ');
            var mountPoint = MountPoint(line[..separator]);
            if (tail[0] == "cgroup2")
            {
                unified ??= mountPoint;
            }
            else if (tail[0] == "cgroup" && tail.Length > 2)
            {
                AddControllers(v1, tail[2], mountPoint);
            }
        }

        // A hierarchy with a name only tracks processes: it does not make a host version 1.
        var hasController = v1.Keys.Any(name => !name.StartsWith("name=", StringComparison.Ordinal));
        var mode = (hasController, unified is not null) switch
        {
            (true, true) => CgroupMode.Hybrid,
            (true, false) => CgroupMode.V1,
            (false, true) => CgroupMode.V2,
            _ => CgroupMode.None,
        };
        return new CgroupLayout(mode, unified, v1, []);
    }

    // The first mount of a hierarchy wins: later ones are bind mounts, often of a part.
    private static void AddControllers(Dictionary<string, string> mounts, string superOptions, string mountPoint)
    {
        foreach (var option in superOptions.Split(','))
        {
            if (IsController(option))
            {
                mounts.TryAdd(option, mountPoint);
            }
        }
    }

    // Options of the file system that are no controller (cgroups.rst, "Mounting").
    private static bool IsController(string option) => option switch
    {
        "rw" or "ro" or "none" or "noprefix" or "clone_children" or "xattr" or "cpuset_v2_mode" or "favordynmods" or "nofavordynmods" => false,
        _ => !option.StartsWith("release_agent=", StringComparison.Ordinal),
    };

    // The fifth field, in which space, tab, line feed and backslash are written as \ooo.
    private static string MountPoint(ReadOnlySpan<byte> head)
    {
        for (var skipped = 0; skipped < 4; skipped++)
        {
            head = head[(head.IndexOf((byte)' ') + 1)..];
        }

        var end = head.IndexOf((byte)' ');
        var field = end < 0 ? head : head[..end];
        return field.Contains((byte)'\\') ? Unescape(field) : Encoding.UTF8.GetString(field);
    }

    private static string Unescape(ReadOnlySpan<byte> field)
    {
        var bytes = new byte[field.Length];
        var length = 0;
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] == '\\' && i + 3 < field.Length)
            {
                bytes[length++] = (byte)(((field[i + 1] - '0') << 6) | ((field[i + 2] - '0') << 3) | (field[i + 3] - '0'));
                i += 3;
            }
            else
            {
                bytes[length++] = field[i];
            }
        }

        return Encoding.UTF8.GetString(bytes.AsSpan(0, length));
    }
}
