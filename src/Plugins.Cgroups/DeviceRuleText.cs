using System.Globalization;
using MiniDock.Abstractions.Model;

namespace MiniDock.Plugins.Cgroups;

/// <summary>The text of a device rule as devices.allow takes it: <c>c 1:3 rwm</c>.</summary>
internal static class DeviceRuleText
{
    /// <summary>Writes a rule.</summary>
    public static string Format(DeviceRule rule) => $"{rule.Type} {Number(rule.Major)}:{Number(rule.Minor)} {rule.Access}";

    /// <summary>Reads what <see cref="Format"/> wrote.</summary>
    public static DeviceRule Parse(string text)
    {
        var parts = text.Split(' ', ':');
        return new DeviceRule(parts[0][0], Number(parts[1]), Number(parts[2]), parts[3]);
    }

    private static string Number(uint? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "*";

    private static uint? Number(string text) => text == "*" ? null : uint.Parse(text, CultureInfo.InvariantCulture);
}
