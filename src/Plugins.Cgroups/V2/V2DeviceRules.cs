using MiniDock.Abstractions;
using MiniDock.Linux;
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

    /// <summary>Makes rules those of a group.</summary>
    /// <param name="group">Its directory.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="isNew">Whether it has none yet; else they change at one instant.</param>
    public static void Attach(string group, IEnumerable<CgroupDeviceRule> rules, bool isNew)
    {
        using var directory = Files.Open(group, OpenFlags.Directory);
        try
        {
            if (isNew)
            {
                CgroupDeviceProgram.Attach(directory, rules);
            }
            else
            {
                CgroupDeviceProgram.Replace(directory, rules);
            }
        }
        catch (LinuxException e) when (e.Errno is Errno.EPERM or Errno.EINVAL or Errno.ENOSYS)
        {
            throw new EngineException(
                e.Message,
                e.Errno == Errno.EPERM
                    ? "device rules of cgroup version 2 are a BPF program, which needs CAP_BPF and CAP_NET_ADMIN; run as root, or with --privileged"
                    : "device rules of cgroup version 2 are a BPF program, which needs a kernel with CONFIG_CGROUP_BPF",
                inner: e);
        }
    }

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
