using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;

namespace MiniDock.Plugins.Cgroups.Controllers;

/// <summary>Which devices may be opened and made (cgroup-v1/devices.rst). On version 2 the same lines become a program, see <see cref="V2.V2DeviceRules"/>.</summary>
internal sealed class DevicesController : ICgroupController
{
    // Every node may be made, for what has CAP_MKNOD; only these may be opened: null zero full random urandom tty ptmx and the pseudo terminals.
    private static readonly DeviceRule[] Profile =
    [
        new('b', null, null, "m"),
        new('c', null, null, "m"),
        new('c', 1, 3, "rwm"),
        new('c', 1, 5, "rwm"),
        new('c', 1, 7, "rwm"),
        new('c', 1, 8, "rwm"),
        new('c', 1, 9, "rwm"),
        new('c', 5, 0, "rwm"),
        new('c', 5, 2, "rwm"),
        new('c', 136, null, "rwm"),
    ];

    public string Name => "devices";

    public string? UnifiedName => null;

    // The profile is a default; a device that was given works without the controller too.
    public string? AskedBy(ContainerSpec spec) => null;

    public IEnumerable<Problem> Validate(CgroupRequest request, CgroupVersion version)
    {
        foreach (var device in request.Spec.Devices)
        {
            var errno = Files.TryStatAt(null, device.Source, followLink: true, out var stat);
            if (errno != Errno.Success)
            {
                yield return new Problem(new LinuxException("device", device.Source, errno).Message, "give a device node of the host");
            }
            else if (stat.Kind is not (FileKind.BlockDevice or FileKind.CharacterDevice or FileKind.Directory))
            {
                yield return new Problem($"device {device.Source}: ENODEV (not a device node)", "use -v for files and directories");
            }

            if (device.Access.Length == 0 || device.Access.AsSpan().ContainsAnyExcept("rwm"))
            {
                yield return new Problem($"device {device.Source}: EINVAL (access '{device.Access}')", "use letters of rwm: read, write, make");
            }
        }
    }

    public IEnumerable<CgroupWrite> Writes(CgroupRequest request, CgroupVersion version)
    {
        // A new group may do what its parent may.
        if (request.Spec.Security.Privileged)
        {
            yield break;
        }

        yield return new("devices.deny", "a");
        foreach (var rule in Profile.Concat(request.Spec.Resources.Devices).Concat(request.Spec.Devices.SelectMany(Rules)))
        {
            yield return new("devices.allow", rule.ToString());
        }
    }

    private static IEnumerable<DeviceRule> Rules(DeviceSpec device)
    {
        var stat = Files.Stat(device.Source);
        if (stat.Kind != FileKind.Directory)
        {
            return [Rule(stat, device.Access)];
        }

        // docker gives every node below a directory
        return Directory.EnumerateFiles(device.Source, "*", SearchOption.AllDirectories)
            .Select(path => Files.TryStatAt(null, path, followLink: false, out var node) == Errno.Success ? node : default)
            .Where(node => node.Kind is FileKind.BlockDevice or FileKind.CharacterDevice)
            .Select(node => Rule(node, device.Access));
    }

    private static DeviceRule Rule(FileStat node, string access) =>
        new(node.Kind == FileKind.BlockDevice ? 'b' : 'c', node.RawDevice.Major, node.RawDevice.Minor, access);
}
