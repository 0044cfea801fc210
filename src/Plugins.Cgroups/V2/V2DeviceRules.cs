using MiniDock.Linux.Bpf;

namespace MiniDock.Plugins.Cgroups.V2;

/// <summary>Turns the lines for devices.allow into rules of the program that stands in for the controller on version 2.</summary>
internal static class V2DeviceRules
{
    /// <summary>The file whose lines are meant.</summary>
    public const string AllowFile = "devices.allow";

    /// <summary>The rules.</summary>
    public static IEnumerable<CgroupDeviceRule> Of(IEnumerable<CgroupWrite> writes) =>
        writes.Where(w => w.File == AllowFile).Select(w => DeviceRuleText.Parse(w.Value)).Select(
            rule => new CgroupDeviceRule(rule.Type, rule.Major, rule.Minor, Access(rule.Access)));

    private static DeviceAccess Access(string letters)
    {
        var access = DeviceAccess.None;
        foreach (var letter in letters)
        {
            access |= letter switch { 'm' => DeviceAccess.Make, 'r' => DeviceAccess.Read, _ => DeviceAccess.Write };
        }

        return access;
    }
}
