using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads <c>-v [SRC:]DST[:opt,…]</c>: a path of the host, or a volume.</summary>
internal static class VolumeText
{
    /// <summary>The mount, or null with a finding.</summary>
    public static MountSpec? Parse(string text, string currentDirectory, Findings findings)
    {
        const string flag = "--volume";
        var parts = text.Split(':');
        if (parts.Length > 3 || parts.Any(p => p.Length == 0))
        {
            findings.Invalid(flag, text, "it is DST, SRC:DST or SRC:DST:OPTIONS", "such as data:/data or /srv/data:/data:ro");
            return null;
        }

        if (parts.Length == 1)
        {
            return ContainerPath.ComplaintOfTarget(text) is { } wrong ? Refused(wrong) : Anonymous(text);
        }

        var source = parts[0];
        if (source is "." or ".." || source.StartsWith("./", StringComparison.Ordinal) || source.StartsWith("../", StringComparison.Ordinal))
        {
            source = Path.GetFullPath(source, currentDirectory);
        }

        var isPath = source.StartsWith('/');
        if (!isPath && !VolumeName.IsValid(source))
        {
            findings.Invalid(flag, text, $"{source} is neither a path nor the name of a volume", $"for a directory write ./{source}");
            return null;
        }

        if (ContainerPath.ComplaintOfTarget(parts[1]) is { } complaint)
        {
            return Refused(complaint);
        }

        var mount = new MountSpec
        {
            Type = isPath ? "bind" : "volume",
            Source = isPath ? ContainerPath.Normalize(source) : source,
            Target = ContainerPath.Normalize(parts[1]),
            // A source that is missing is made, as docker does for -v and not for --mount.
            Options = isPath ? new Dictionary<string, string> { ["create-source"] = "true" } : [],
        };
        return Options(mount, flag, text, parts.Length == 3 ? parts[2].Split(',') : [], findings);

        MountSpec? Refused(string reason)
        {
            findings.Invalid(flag, text, reason);
            return null;
        }
    }

    /// <summary>A volume without a name at a path that was checked.</summary>
    public static MountSpec Anonymous(string target) => new()
    {
        Type = "volume",
        Source = VolumeName.NewAnonymous(),
        Target = ContainerPath.Normalize(target),
        Options = new Dictionary<string, string> { ["anonymous"] = "true" },
    };

    private static MountSpec? Options(MountSpec mount, string flag, string text, string[] options, Findings findings)
    {
        var flags = new List<string>();
        foreach (var option in options)
        {
            switch (option)
            {
                case "nocopy" when mount.Type == "volume":
                    mount = mount with { Options = new Dictionary<string, string>(mount.Options) { ["nocopy"] = "true" } };
                    break;
                case "rw" or "nocopy" or "z" or "Z" or "consistent" or "cached" or "delegated":
                    break;
                case "ro":
                    mount = mount with { ReadOnly = true };
                    break;
                case "noexec" or "nosuid" or "nodev":
                    flags.Add(option);
                    break;
                default:
                    if (PropagationOf(option) is not { } propagation)
                    {
                        findings.Invalid(flag, text, $"no option {option}", "the options are ro, rw, z, Z, nocopy, noexec, nosuid, nodev and [r]shared, [r]slave, [r]private, [r]unbindable");
                        return null;
                    }

                    mount = mount with { Propagation = propagation };
                    break;
            }
        }

        return mount with { Flags = flags };
    }

    /// <summary>The propagation of a name, or null.</summary>
    public static Propagation? PropagationOf(string name) => name switch
    {
        "shared" => Propagation.Shared,
        "rshared" => Propagation.RShared,
        "slave" => Propagation.Slave,
        "rslave" => Propagation.RSlave,
        "private" => Propagation.Private,
        "rprivate" => Propagation.RPrivate,
        "unbindable" => Propagation.Unbindable,
        "runbindable" => Propagation.RUnbindable,
        _ => null,
    };
}
