using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Run.Child;

/// <summary>Plans /sys/fs/cgroup: the one hierarchy of version 2, or a directory of version 1 hierarchies.</summary>
/// <remarks>Only hierarchies in which the container has a group of its own: in any other one it is in the engine's group, and would see below it the
/// groups of every other container.</remarks>
internal static class ControlGroups
{
    private const string Top = "/sys/fs/cgroup";

    public static IEnumerable<PlanStep> Plan(ContainerSpec spec, HostFacts host, IReadOnlyList<PlanStep> cgroups, string flags)
    {
        if (host.Cgroups.Mode == CgroupMode.None)
        {
            yield break;
        }

        if (ChildNamespaces.ModeOf(spec, NamespaceType.Cgroup) == NamespaceMode.Host)
        {
            yield return KernelFileSystems.Bind(Top, flags, "the host's control groups: it shares their namespace", "cgroup_namespaces(7)");
            yield break;
        }

        if (host.Cgroups.Mode == CgroupMode.V2)
        {
            if (spec.CgroupDriver != "none")
            {
                yield return KernelFileSystems.Mount(Top, "cgroup2", flags, null, "its own control group", "cgroups(7)");
            }

            yield break;
        }

        var joined = cgroups.Where(s => s.Kind == ChildStepKinds.CgroupJoin).SelectMany(s => s.Arguments["files"].Split('\n')).ToList();

        yield return KernelFileSystems.Mount(Top, "tmpfs", "nosuid,nodev,noexec", "mode=755", "a directory for the hierarchies", "cgroups(7)");
        foreach (var hierarchy in host.Cgroups.V1Mounts.GroupBy(m => m.Value, m => m.Key, StringComparer.Ordinal)
            .Where(h => joined.Exists(file => file.StartsWith(h.Key + "/", StringComparison.Ordinal)))
            .OrderBy(h => h.Key, StringComparer.Ordinal))
        {
            var directory = $"{Top}/{Path.GetFileName(hierarchy.Key)}";
            var controllers = string.Join(',', hierarchy.Order(StringComparer.Ordinal));
            var options = controllers.StartsWith("name=", StringComparison.Ordinal) ? $"none,{controllers}" : controllers;
            yield return KernelFileSystems.Mount(directory, "cgroup", flags, options, $"its own group of {controllers}", "cgroups(7)");
        }

        if (flags.StartsWith("ro,", StringComparison.Ordinal))
        {
            yield return new PlanStep
            {
                Id = "child.remount.cgroup",
                Phase = PlanPhase.Child,
                Kind = EngineStepKinds.Remount,
                Arguments = StepValues.Of(("target", Top), ("flags", "ro")),
                Why = "no hierarchy can be added",
                ManPage = "mount_setattr(2)",
                Shell = $"mount -o remount,bind,ro $ROOT{Top}",
            };
        }
    }
}
