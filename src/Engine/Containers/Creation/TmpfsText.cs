using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads <c>--tmpfs DST[:opt,…]</c>, mount(8)'s words.</summary>
internal static class TmpfsText
{
    /// <summary>The mount, or null with a finding.</summary>
    public static MountSpec? Parse(string flag, string text, Findings findings)
    {
        var colon = text.IndexOf(':');
        var target = colon < 0 ? text : text[..colon];
        if (ContainerPath.ComplaintOfTarget(target) is { } complaint)
        {
            findings.Invalid(flag, text, complaint);
            return null;
        }

        var flags = new List<string> { "noexec", "nosuid", "nodev" };
        var options = new Dictionary<string, string>();
        var readOnly = false;
        foreach (var option in colon < 0 ? [] : text[(colon + 1)..].Split(','))
        {
            switch (option)
            {
                case "" or "rw" or "rprivate" or "private" or "tmpcopyup":
                    break;
                case "ro":
                    readOnly = true;
                    break;
                case "noexec" or "nosuid" or "nodev" or "noatime" or "nodiratime" or "relatime" or "strictatime" or "sync" or "dirsync":
                    flags.Remove(option);
                    flags.Add(option);
                    break;
                case "exec" or "suid" or "dev":
                    flags.Remove("no" + option);
                    break;
                default:
                    if (!TryOption(option, options))
                    {
                        findings.Invalid(flag, text, $"\"{option}\" is no option of tmpfs", "the options are size=, mode=, uid=, gid=, nr_inodes= and mount flags such as exec or ro");
                        return null;
                    }

                    break;
            }
        }

        return new MountSpec { Type = "tmpfs", Target = ContainerPath.Normalize(target), ReadOnly = readOnly, Flags = flags, Options = options };
    }

    /// <summary>Takes an option with a value; a size is kept in bytes.</summary>
    public static bool TryOption(string option, Dictionary<string, string> options)
    {
        var equals = option.IndexOf('=');
        var name = equals < 0 ? option : option[..equals];
        var value = equals < 0 ? "" : option[(equals + 1)..];
        switch (name)
        {
            case "size" when SizeText.TryParse(value, out var bytes) && bytes > 0:
                options[name] = bytes.ToString(System.Globalization.CultureInfo.InvariantCulture);
                return true;
            case "size" when value.EndsWith('%') && int.TryParse(value.AsSpan(0, value.Length - 1), out var percent) && percent is > 0 and <= 100:
                options[name] = value;
                return true;
            case "mode" when value.Length is > 0 and <= 5 && !value.AsSpan().ContainsAnyExceptInRange('0', '7'):
            case "uid" or "gid" when UserText.ComplaintOfOne(value, "user") is null && char.IsAsciiDigit(value[0]):
            case "nr_inodes" or "nr_blocks" when value.Length > 0 && !value.AsSpan().ContainsAnyExcept("0123456789kmgKMG"):
                options[name] = value;
                return true;
            default:
                return false;
        }
    }
}
