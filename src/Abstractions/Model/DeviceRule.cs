using System.Globalization;

namespace MiniDock.Abstractions.Model;

/// <summary>A rule of the device cgroup (cgroup-v1/devices.rst).</summary>
/// <param name="Type"><c>a</c>, <c>b</c> or <c>c</c>.</param>
/// <param name="Major">Major number; null is any.</param>
/// <param name="Minor">Minor number; null is any.</param>
/// <param name="Access">Of <c>rwm</c>.</param>
public sealed record DeviceRule(char Type, uint? Major, uint? Minor, string Access)
{
    /// <summary>The rule as devices.allow takes it: <c>c 1:3 rwm</c>.</summary>
    public override string ToString() => $"{Type} {Number(Major)}:{Number(Minor)} {Access}";

    private static string Number(uint? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "*";
}
