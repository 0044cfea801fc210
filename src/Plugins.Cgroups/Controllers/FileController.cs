using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Plugins.Cgroups.Controllers;

/// <summary>Files that a user named (<c>--cgroup-conf</c>), of one controller, which need not be any that is known here: misc, rdma, net_cls.</summary>
/// <param name="name">What stands before the first dot of their names.</param>
internal sealed class FileController(string name) : ICgroupController
{
    private const string Core = "cgroup";
    private static readonly string[] CoreFiles = ["cgroup.max.depth", "cgroup.max.descendants"];

    public string Name => name;

    // What begins with "cgroup" belongs to every group of version 2.
    public string? UnifiedName => name == Core ? null : name;

    /// <summary>The controllers of the files that a container's user named.</summary>
    public static IEnumerable<ICgroupController> Of(ContainerSpec spec) =>
        spec.Resources.Unified.Select(ControllerOf).Distinct().Select(name => new FileController(name));

    public string? AskedBy(ContainerSpec spec) => Mine(spec).Select(s => $"--cgroup-conf {s.File}").FirstOrDefault();

    public IEnumerable<Problem> Validate(CgroupRequest request, CgroupVersion version)
    {
        foreach (var setting in Mine(request.Spec))
        {
            if (Complaint(setting.File, version) is { } complaint)
            {
                yield return new Problem($"cgroup file '{setting.File}': EINVAL ({complaint.Reason})", complaint.Hint);
            }
        }
    }

    public IEnumerable<CgroupWrite> Writes(CgroupRequest request, CgroupVersion version) => Mine(request.Spec).Select(s => new CgroupWrite(s.File, s.Value));

    private static (string Reason, string Hint)? Complaint(string file, CgroupVersion version)
    {
        if (!file.Contains('.') || file[0] == '.' || file[^1] == '.' || file.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_')))
        {
            return ("not the name of a controller's file", "name a file as the kernel does, such as memory.oom.group; ls /sys/fs/cgroup/GROUP lists them");
        }

        return ControllerOf(file) switch
        {
            "devices" => ("devices have flags of their own", "use --device or --device-cgroup-rule"),
            "freezer" => ("a container that is frozen does not start", "use minidock pause"),
            Core when version == CgroupVersion.V1 || !CoreFiles.Contains(file) =>
                ("the engine writes that file itself", $"files of the core that may be set, on version 2: {string.Join(' ', CoreFiles)}"),
            _ => null,
        };
    }

    private static string ControllerOf(CgroupSetting setting) => ControllerOf(setting.File);

    private static string ControllerOf(string file) => file.IndexOf('.') is >= 0 and var dot ? file[..dot] : file;

    private IEnumerable<CgroupSetting> Mine(ContainerSpec spec) => spec.Resources.Unified.Where(s => ControllerOf(s) == name);
}
