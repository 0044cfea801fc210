using System.Globalization;
using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads <c>--ramdisk DST[:size=8M,fs=ext4,backend=auto]</c>.</summary>
internal static class RamdiskText
{
    private const string Flag = "--ramdisk";
    private const string DefaultBytes = "8388608";

    /// <summary>The mount, or null with a finding.</summary>
    public static MountSpec? Parse(string text, Findings findings)
    {
        var colon = text.IndexOf(':');
        var target = colon < 0 ? text : text[..colon];
        if (ContainerPath.ComplaintOfTarget(target) is { } complaint)
        {
            findings.Invalid(Flag, text, complaint);
            return null;
        }

        var options = new Dictionary<string, string>();
        var flags = new List<string>();
        var readOnly = false;
        foreach (var option in colon < 0 ? [] : text[(colon + 1)..].Split(','))
        {
            switch (option)
            {
                case "" or "rw":
                    break;
                case "ro":
                    readOnly = true;
                    break;
                case "noexec" or "nosuid" or "nodev":
                    flags.Add(option);
                    break;
                default:
                    if (!TryOption(option, options))
                    {
                        findings.Invalid(
                            Flag, text, $"\"{option}\" is no option of a RAM disk", "the options are size=8M, fs=ext4|xfs, backend=auto|brd|loop|tmpfs, ro, noexec, nosuid and nodev");
                        return null;
                    }

                    break;
            }
        }

        return new MountSpec { Type = "ramdisk", Target = ContainerPath.Normalize(target), ReadOnly = readOnly, Flags = flags, Options = Complete(options) };
    }

    /// <summary>Takes an option with a value; a size is kept in bytes.</summary>
    public static bool TryOption(string option, Dictionary<string, string> options)
    {
        var equals = option.IndexOf('=');
        var (name, value) = equals < 0 ? (option, "") : (option[..equals], option[(equals + 1)..]);
        switch (name)
        {
            case "size" when SizeText.TryParse(value, out var bytes) && bytes > 0:
                options[name] = bytes.ToString(CultureInfo.InvariantCulture);
                return true;
            case "fs" when value is "ext4" or "xfs" or "none":
            case "backend" when value is "auto" or "brd" or "loop" or "tmpfs":
                options[name] = value;
                return true;
            default:
                return false;
        }
    }

    /// <summary>The options with those that were not given.</summary>
    public static IReadOnlyDictionary<string, string> Complete(Dictionary<string, string> given) => new Dictionary<string, string>
    {
        ["size"] = given.GetValueOrDefault("size") ?? DefaultBytes,
        ["fs"] = given.GetValueOrDefault("fs") ?? "ext4",
        ["backend"] = given.GetValueOrDefault("backend") ?? "auto",
    };
}
