using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Run.Child;

/// <summary>Plans what the container's first process does between clone and exec, in the order in which it is done. Pure.</summary>
internal static class ContainerChildPlan
{
    /// <param name="spec">The container.</param>
    /// <param name="host">The host.</param>
    /// <param name="paths">The engine's directories.</param>
    /// <param name="root">Child steps of the root file system driver.</param>
    /// <param name="mounts">Child steps of the mount providers.</param>
    /// <param name="cgroups">Child steps of the cgroup provider.</param>
    public static IReadOnlyList<PlanStep> Steps(
        ContainerSpec spec, HostFacts host, EnginePaths paths, IReadOnlyList<PlanStep> root, IReadOnlyList<PlanStep> mounts, IReadOnlyList<PlanStep> cgroups)
    {
        List<PlanStep> steps = [.. cgroups];
        steps.AddRange(ChildNamespaces.Plan(spec));
        steps.AddRange(root);
        steps.Add(OpenRoot(spec, paths));
        steps.AddRange(KernelFileSystems.Plan(spec, host, cgroups));
        steps.AddRange(DeviceDirectory.Plan(spec, host));
        steps.AddRange(NameFiles.Plan(spec, paths));

        // As docker: a mount below another comes after it, whatever the order of the options.
        steps.AddRange(mounts.OrderBy(DepthInside));
        steps.AddRange(DeviceDirectory.PlanDevices(spec));
        steps.AddRange(SystemParameters.Plan(spec));
        steps.AddRange(HiddenPaths.Plan(spec, host));
        steps.AddRange(FinalRoot(spec));
        steps.AddRange(ProcessStart.Plan(spec, host));
        return steps;
    }

    private static PlanStep OpenRoot(ContainerSpec spec, EnginePaths paths) => new()
    {
        Id = EngineStepKinds.OpenRoot,
        Phase = PlanPhase.Child,
        Kind = EngineStepKinds.OpenRoot,
        Arguments = StepValues.Of(("path", paths.RootFileSystem(spec.Id))),
        Why = "everything that the image has a say in is resolved from this descriptor",
        ManPage = "openat2(2)",
    };

    private static IEnumerable<PlanStep> FinalRoot(ContainerSpec spec)
    {
        if (spec.ReadOnlyRoot)
        {
            yield return new PlanStep
            {
                Id = EngineStepKinds.ReadOnlyRoot,
                Phase = PlanPhase.Child,
                Kind = EngineStepKinds.ReadOnlyRoot,
                Why = "--read-only",
                ManPage = "mount_setattr(2)",
                Shell = "mount -o remount,bind,ro $ROOT",
            };
        }

        yield return new PlanStep
        {
            Id = EngineStepKinds.PivotRoot,
            Phase = PlanPhase.Child,
            Kind = EngineStepKinds.PivotRoot,
            Why = "the container's root; the host's is detached and out of reach",
            ManPage = "pivot_root(2)",
            Shell = "cd $ROOT && pivot_root . . && umount -l .",
        };
    }

    private static int DepthInside(PlanStep step) =>
        step.Arguments.Find("in") == "root" ? step.Arguments.Find("target")?.Split('/', StringSplitOptions.RemoveEmptyEntries).Length ?? 0 : 0;
}
