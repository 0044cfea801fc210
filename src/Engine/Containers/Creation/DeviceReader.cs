using System.Globalization;
using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads <c>--device</c> and <c>--device-cgroup-rule</c>.</summary>
internal sealed class DeviceReader(Findings findings)
{
    /// <summary>The devices, <c>SRC[:DST][:rwm]</c>.</summary>
    public IReadOnlyList<DeviceSpec> Devices(IReadOnlyList<string> texts)
    {
        var devices = new List<DeviceSpec>();
        foreach (var text in texts)
        {
            var parts = text.Split(':');
            var (target, access) = parts.Length switch
            {
                1 => (parts[0], "rwm"),
                2 when IsAccess(parts[1]) => (parts[0], parts[1]),
                2 => (parts[1], "rwm"),
                3 => (parts[1], parts[2]),
                _ => ("", ""),
            };
            if (!IsAccess(access))
            {
                findings.Invalid("--device", text, "it is SRC, SRC:DST or SRC:DST:rwm", "the access is made of r, w and m");
            }
            else if (!parts[0].StartsWith('/'))
            {
                findings.Invalid("--device", text, "the device on the host must be an absolute path");
            }
            else if (ContainerPath.ComplaintOfTarget(target) is { } complaint)
            {
                findings.Invalid("--device", text, complaint);
            }
            else
            {
                devices.Add(new DeviceSpec(parts[0], ContainerPath.Normalize(target), access));
            }
        }

        return devices;
    }

    /// <summary>Rules of the device cgroup, <c>c 1:3 rwm</c>.</summary>
    public IReadOnlyList<DeviceRule> Rules(IReadOnlyList<string> texts)
    {
        var rules = new List<DeviceRule>();
        foreach (var text in texts)
        {
            if (text.Split(' ') is [['a' or 'b' or 'c'], var numbers, var access] && IsAccess(access)
                && numbers.Split(':') is [var major, var minor] && IsNumber(major, out var majorNumber) && IsNumber(minor, out var minorNumber))
            {
                rules.Add(new DeviceRule(text[0], majorNumber, minorNumber, access));
            }
            else
            {
                findings.Invalid("--device-cgroup-rule", text, "it is TYPE MAJOR:MINOR ACCESS", "such as 'c 1:3 rwm' or 'b *:* r'");
            }
        }

        return rules;
    }

    private static bool IsAccess(string text) =>
        text.Length is > 0 and <= 3 && !text.AsSpan().ContainsAnyExcept("rwm") && text.Distinct().Count() == text.Length;

    private static bool IsNumber(string text, out uint? number)
    {
        number = null;
        if (text == "*")
        {
            return true;
        }

        var isNumber = uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        number = value;
        return isNumber;
    }
}
