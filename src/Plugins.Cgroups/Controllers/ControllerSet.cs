using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Plugins.Cgroups.Controllers;

/// <summary>All controllers, and what is common to both versions.</summary>
internal static class ControllerSet
{
    /// <summary>In the order in which their files are written.</summary>
    public static readonly ICgroupController[] All =
    [
        new MemoryController(), new PidsController(), new CpuController(), new CpusetController(), new BlkioController(), new HugetlbController(),
        new DevicesController(), new FreezerController(),
    ];

    /// <summary>All that a container may need: also those of files that its user named, which come last.</summary>
    public static IEnumerable<ICgroupController> Of(ContainerSpec spec) => spec.Resources.Unified.Count == 0 ? All : All.Concat(FileController.Of(spec));

    /// <summary>Those that hold limits, which may change while a container runs.</summary>
    public static IEnumerable<ICgroupController> Limits(ContainerSpec spec) => Of(spec).Where(c => c is not (DevicesController or FreezerController));

    /// <summary>Whether a container gets a group in it: where it has a default limit, counts what is asked after the run, or holds a limit that was asked for.</summary>
    public static bool IsNeeded(ICgroupController controller, ContainerSpec spec) =>
        controller is MemoryController or PidsController or DevicesController or FreezerController || controller.AskedBy(spec) is not null;

    /// <summary>All problems of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="version">The version that would hold it.</param>
    /// <param name="available">Whether the host has a controller.</param>
    /// <param name="missingHint">What helps where a controller is missing.</param>
    public static IEnumerable<Problem> Validate(
        CgroupRequest request, CgroupVersion version, Func<ICgroupController, bool> available, Func<ICgroupController, string> missingHint)
    {
        if (GroupPath.Validate(request.Spec.CgroupParent) is { } parent)
        {
            yield return parent;
        }

        foreach (var controller in Of(request.Spec))
        {
            var isWrong = false;
            foreach (var problem in controller.Validate(request, version))
            {
                isWrong = true;
                yield return problem;
            }

            if (!isWrong && controller.AskedBy(request.Spec) is { } flag && !available(controller))
            {
                yield return new Problem(
                    $"limit {flag}: ENODEV (this host has no {controller.Name} controller on cgroup version {(int)version})", missingHint(controller));
            }
        }
    }

    /// <summary>Substitutions, and the parts of the default profile that this host cannot hold.</summary>
    public static IEnumerable<string> Notices(CgroupRequest request, CgroupVersion version, Func<ICgroupController, bool> available)
    {
        foreach (var controller in All)
        {
            foreach (var notice in controller.Notices(request, version))
            {
                yield return notice;
            }

            if (controller is PidsController && !available(controller) && request.Spec.Resources.PidsLimit == ResourceLimits.DefaultPidsLimit)
            {
                yield return $"no pids controller: the default limit of {ResourceLimits.DefaultPidsLimit} processes is not held";
            }
            else if (controller is DevicesController && !available(controller) && !request.Spec.Security.Privileged)
            {
                yield return "no devices controller: devices are guarded by capabilities and file permissions alone";
            }
        }
    }
}
