using MiniDock.Abstractions.Model;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads capabilities and <c>--security-opt</c>.</summary>
internal sealed class SecurityReader(ICreationSources sources, Findings findings)
{
    private bool _noNewPrivileges;
    private bool _unmasked;
    private string? _seccomp;

    /// <summary>What was asked of the profile.</summary>
    public SecuritySpec Read(RunFlags flags)
    {
        foreach (var option in flags.SecurityOptions)
        {
            Take(option);
        }

        return new SecuritySpec
        {
            Privileged = flags.Privileged,
            CapAdd = Capabilities("--cap-add", flags.CapAdd),
            CapDrop = Capabilities("--cap-drop", flags.CapDrop),
            NoNewPrivileges = _noNewPrivileges,
            Seccomp = _seccomp,
            UnmaskedPaths = _unmasked,
        };
    }

    private List<string> Capabilities(string flag, IReadOnlyList<string> names)
    {
        var known = new List<string>();
        foreach (var name in names.SelectMany(n => n.Split(',')))
        {
            var bare = name.ToUpperInvariant();
            bare = bare.StartsWith("CAP_", StringComparison.Ordinal) ? bare[4..] : bare;
            if (bare != "ALL" && !Linux.Capabilities.TryParse(bare, out _))
            {
                findings.Invalid(flag, name, "no such capability", "capabilities(7) lists them; ALL means every one");
            }
            else if (!known.Contains(bare))
            {
                known.Add(bare);
            }
        }

        return known;
    }

    private void Take(string option)
    {
        var split = option.AsSpan().IndexOfAny('=', ':');
        var name = split < 0 ? option : option[..split];
        var value = split < 0 ? "" : option[(split + 1)..];
        switch (name, value)
        {
            case ("no-new-privileges", "" or "true"):
                _noNewPrivileges = true;
                break;
            case ("no-new-privileges", "false"):
                _noNewPrivileges = false;
                break;
            case ("seccomp", "builtin"):
                _seccomp = null;
                break;
            case ("seccomp", "unconfined"):
                _seccomp = "unconfined";
                break;
            case ("seccomp", { Length: > 0 }):
                _seccomp = Profile(option, value);
                break;
            case ("systempaths", "unconfined"):
                _unmasked = true;
                break;
            case ("label", "disable") or ("apparmor", "unconfined"):
                break;
            case ("label" or "apparmor", { Length: > 0 }):
                findings.NotYet("--security-opt", option, $"{name} can only be switched off: {name}={(name == "label" ? "disable" : "unconfined")}");
                break;
            default:
                findings.Invalid(
                    "--security-opt", option, "no such option", "the options are no-new-privileges, seccomp=FILE|unconfined, systempaths=unconfined, apparmor=unconfined, label=disable");
                break;
        }
    }

    private string? Profile(string option, string path)
    {
        try
        {
            return sources.ReadFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            findings.Invalid("--security-opt", option, e is FileNotFoundException or DirectoryNotFoundException ? "no such file" : "the file cannot be read");
            return null;
        }
    }
}
