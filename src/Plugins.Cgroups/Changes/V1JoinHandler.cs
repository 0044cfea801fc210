using MiniDock.Abstractions.Plan;
using MiniDock.Plugins.Cgroups.V1;

namespace MiniDock.Plugins.Cgroups.Changes;

/// <summary>Puts a running container into hierarchies in which it had no group, for a limit that it did not have before. Undoing it takes the processes
/// out again and removes the groups; it kills nothing, as the container may go on.</summary>
internal sealed class V1JoinHandler : IStepHandler
{
    private const string StepKind = "cgroup.join";
    private const string Source = "source";

    private readonly V1GroupHandler _groups = new();

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <summary>The step.</summary>
    /// <param name="path">Path of the container's group.</param>
    /// <param name="parent">Whose the parent is, see <see cref="GroupStep.Parent"/>.</param>
    /// <param name="mounts">Controller and mount point of each hierarchy.</param>
    /// <param name="writes">Limits.</param>
    /// <param name="source">A group of the container in another hierarchy.</param>
    public static PlanStep Plan(string path, string parent, IReadOnlyList<(string Controller, string Mount)> mounts, IReadOnlyList<CgroupWrite> writes, string source)
    {
        var directories = mounts.Select(m => $"{m.Mount}/{path}").Distinct().ToList();
        return new PlanStep
        {
            // A container may get one controller now and another later.
            Id = $"{UpdateStepIds.LastingPrefix}{string.Join('.', mounts.Select(m => m.Controller))}",
            Phase = PlanPhase.HostAfter,
            Kind = StepKind,
            Arguments = StepValues.Of(
                (GroupStep.Path, path),
                (GroupStep.Parent, parent),
                (V1GroupHandler.Mounts, string.Join('\n', mounts.Select(m => $"{m.Controller}={m.Mount}"))),
                (GroupStep.Writes, CgroupWrite.Encode(writes)),
                (Source, source)),
            Why = "groups for limits that the container did not have before",
            ManPage = "cgroups(7)",
            Shell = GroupShell.Of(directories, writes, w => $"{mounts.First(m => m.Controller == w.Controller).Mount}/{path}")
                + string.Concat(directories.Select(d => $"; for p in $(cat {source}/cgroup.procs); do echo $p > {d}/cgroup.procs; done")),
        };
    }

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var receipt = _groups.Apply(step, context);
        var source = step.Arguments[Source];
        foreach (var (mount, group) in Groups(step))
        {
            GroupMembers.Move(() => GroupMembers.Of(source).Except(GroupMembers.Of(group)).Where(pid => pid != 0).ToHashSet(), group, mount);
        }

        return receipt;
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        foreach (var (mount, group) in Groups(step))
        {
            GroupMembers.Move(() => GroupMembers.Of(group).Where(pid => pid != 0).ToHashSet(), mount, mount);
            foreach (var directory in GroupTree.Below(group).Reverse())
            {
                _ = GroupRemoval.TryRemove(directory);
            }
        }

        GroupStep.RemoveParents(step, receipt, Groups(step).Select(g => g.Group));
    }

    private static IEnumerable<(string Mount, string Group)> Groups(PlanStep step) =>
        V1GroupHandler.ParseMounts(step).Select(m => m.Value).Distinct().Select(mount => (mount, $"{mount}/{step.Arguments[GroupStep.Path]}"));
}
