using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Plugins.Cgroups;

/// <summary>Arguments and receipt of the step that makes a container's groups.</summary>
internal static class GroupStep
{
    /// <summary>Id of the step.</summary>
    public const string Id = "cgroup.create";

    /// <summary>Argument: path of the group below the root of each hierarchy.</summary>
    public const string Path = "path";

    /// <summary>Argument: <c>own</c> where the parent is the engine's and goes with its last container, <c>given</c> for the user's.</summary>
    public const string Parent = "parent";

    /// <summary>Argument: what to write, see <see cref="CgroupWrite.Encode"/>.</summary>
    public const string Writes = "writes";

    /// <summary>Receipt: directories of the given parent that this step made, parents first.</summary>
    public const string Made = "made";

    /// <summary>Value of <see cref="Parent"/>.</summary>
    public static string ParentOf(CgroupRequest request) => request.Spec.CgroupParent is null ? "own" : "given";

    /// <summary>Removes what the last container leaves: the engine's own parent where it is empty, a given one where this step had made it.</summary>
    public static void RemoveParents(PlanStep step, StepValues? receipt, IEnumerable<string> groups)
    {
        if (step.Arguments[Parent] == "own")
        {
            foreach (var group in groups)
            {
                _ = GroupRemoval.TryRemove(System.IO.Path.GetDirectoryName(group)!);
            }
        }

        foreach (var directory in (receipt?.Find(Made)?.Split('\n') ?? []).AsEnumerable().Reverse())
        {
            _ = GroupRemoval.TryRemove(directory);
        }
    }

    /// <summary>The receipt.</summary>
    public static StepValues Receipt(PlanStep step, List<string> made) =>
        made.Count == 0 || step.Arguments[Parent] == "own" ? StepValues.Empty : StepValues.Of((Made, string.Join('\n', made)));
}
