using System.Globalization;
using MiniDock.Abstractions.Model;

namespace MiniDock.Plugins.Cgroups;

/// <summary>The text of a device rule as devices.allow takes it: <c>c 1:3 rwm</c>.</summary>
internal static class DeviceRuleText
{
    /// <summary>Reads what a rule is as text.</summary>
    public static DeviceRule Parse(string text)
    {
        var parts = text.Split(' ', ':');
        return new DeviceRule(parts[0][0], Number(parts[1]), Number(parts[2]), parts[3]);
    }

    private static uint? Number(string text) => text == "*" ? null : uint.Parse(text, CultureInfo.InvariantCulture);
}
