using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads what <c>mount add</c> is given: <c>CONTAINER:DST[:opts]</c>, and <c>-t</c> with <c>-o</c>.</summary>
public static class LiveMountText
{
    private const string Rule = "such as zion:/data or zion:/data:ro,nosuid,rslave";
    private static readonly string[] KernelTypes = ["proc", "sysfs", "mqueue", "cgroup", "cgroup2", "devpts"];
    private static readonly string[] ReadOnlyTypes = ["sysfs", "cgroup", "cgroup2"];

    /// <summary>Whether a text is a place rather than a source.</summary>
    public static bool IsPlace(string text) => text.IndexOf(":/", StringComparison.Ordinal) > 0 && !text.StartsWith('/');

    /// <summary>A container and a place in it, without options.</summary>
    /// <exception cref="EngineException">It is none; exit code 1.</exception>
    public static (string Container, string Target) Place(string text)
    {
        var colon = text.IndexOf(':');
        return colon > 0 ? (text[..colon], Target(text, text[(colon + 1)..])) : throw Invalid(text, "it is CONTAINER:PATH");
    }

    /// <summary>A container and a mount in it, of which target, flags and propagation are set.</summary>
    /// <param name="text">The text.</param>
    /// <param name="type">Type of the file system, or null. One of the kernel's own has the flags that it has at a start.</param>
    /// <exception cref="EngineException">It is none; exit code 1.</exception>
    public static (string Container, MountSpec Mount) Parse(string text, string? type)
    {
        var parts = text.Split(':');
        if (parts.Length is < 2 or > 3 || parts.Any(p => p.Length == 0))
        {
            throw Invalid(text, "it is CONTAINER:DST or CONTAINER:DST:OPTIONS");
        }

        var isKernels = Array.IndexOf(KernelTypes, type) >= 0;
        var flags = isKernels ? new List<string> { "nosuid", "nodev", "noexec" } : [];
        if (type == "devpts")
        {
            flags.Remove("nodev");
        }

        var mount = new MountSpec { Type = type ?? "", Target = Target(text, parts[1]), ReadOnly = Array.IndexOf(ReadOnlyTypes, type) >= 0 };
        foreach (var option in parts.Length == 3 ? parts[2].Split(',') : [])
        {
            switch (option)
            {
                case "ro" or "rw":
                    mount = mount with { ReadOnly = option == "ro" };
                    break;
                case "nosuid" or "nodev" or "noexec":
                    flags.Remove(option);
                    flags.Add(option);
                    break;
                default:
                    mount = mount with
                    {
                        Propagation = VolumeText.PropagationOf(option)
                            ?? throw Invalid(text, $"no option {option}", "the options are ro, rw, noexec, nosuid, nodev and [r]shared, [r]slave, [r]private, [r]unbindable"),
                    };
                    break;
            }
        }

        return (parts[0], mount with { Flags = flags });
    }

    /// <summary>A source: a path of the host, made absolute, or a name.</summary>
    /// <exception cref="EngineException">It is neither; exit code 1.</exception>
    public static string Source(string text, string currentDirectory) =>
        text is "." or ".." || text.StartsWith("./", StringComparison.Ordinal) || text.StartsWith("../", StringComparison.Ordinal) ? Path.GetFullPath(text, currentDirectory)
        : text.StartsWith('/') ? ContainerPath.Normalize(text)
        : ContainerName.IsValid(text) ? text
        : throw Invalid(text, "neither a path nor a name", $"for a directory write ./{text}");

    /// <summary>Options of a file system, as mount(8) takes them.</summary>
    /// <exception cref="EngineException">One is none of a tmpfs; exit code 1.</exception>
    public static IReadOnlyDictionary<string, string> Options(string type, IEnumerable<string> texts)
    {
        var options = new Dictionary<string, string>();
        foreach (var option in texts.SelectMany(t => t.Split(',', StringSplitOptions.RemoveEmptyEntries)))
        {
            var equals = option.IndexOf('=');
            if (type != "tmpfs")
            {
                options[equals < 0 ? option : option[..equals]] = equals < 0 ? "" : option[(equals + 1)..];
            }
            else if (!TmpfsText.TryOption(option, options))
            {
                throw Invalid(option, "no option of tmpfs", "the options are size=, mode=, uid=, gid= and nr_inodes=; flags such as ro go behind the place");
            }
        }

        return options;
    }

    private static string Target(string text, string path) =>
        ContainerPath.ComplaintOfTarget(path) is { } complaint ? throw Invalid(text, complaint) : ContainerPath.Normalize(path);

    private static EngineException Invalid(string text, string reason, string hint = Rule) => new($"mount {text}: EINVAL ({reason})", hint, exitCode: 1);
}
