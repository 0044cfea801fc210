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

    /// <summary>Argument: <see cref="Own"/>, <see cref="Given"/>, <see cref="Kept"/> or <see cref="Shared"/>.</summary>
    public const string Parent = "parent";

    /// <summary>The parent is the engine's and goes with its last container.</summary>
    public const string Own = "own";

    /// <summary>The parent is the user's, who may have left its making to the engine: then it goes with its last container too.</summary>
    public const string Given = "given";

    /// <summary>The group is itself one that containers share, made again for a run: it outlives that.</summary>
    public const string Kept = "kept";

    /// <summary>The group is itself one that containers share, and goes when the step is undone.</summary>
    public const string Shared = "shared";

    /// <summary>Argument: what to write, see <see cref="CgroupWrite.Encode"/>.</summary>
    public const string Writes = "writes";

    /// <summary>Receipt: directories of the given parent that this step made and could not mark, parents first.</summary>
    public const string Made = "made";

    /// <summary>Value of <see cref="Parent"/>.</summary>
    public static string ParentOf(CgroupRequest request) => request.Spec.CgroupParent is null ? Own : Given;

    /// <summary>Whether the group is one that containers share, and not a container's.</summary>
    public static bool IsShared(PlanStep step) => step.Arguments[Parent] is Kept or Shared;

    /// <summary>Removes what the last container leaves: the engine's own parent where it is empty, a given one where the engine had made it.</summary>
    /// <param name="step">The step.</param>
    /// <param name="receipt">Its receipt, or null where it did not come to its end.</param>
    /// <param name="groups">The container's directories.</param>
    public static void RemoveParents(PlanStep step, StepValues? receipt, IEnumerable<string> groups)
    {
        if (step.Arguments[Parent] == Own)
        {
            foreach (var group in groups)
            {
                _ = GroupRemoval.TryRemove(System.IO.Path.GetDirectoryName(group)!);
            }

            return;
        }

        var unmarked = receipt?.Find(Made)?.Split('\n') ?? [];
        var depth = step.Arguments[Path].AsSpan().Count('/');
        foreach (var group in groups)
        {
            var parent = System.IO.Path.GetDirectoryName(group)!;
            for (var i = 0; i < depth && (MadeMark.Has(parent) || unmarked.Contains(parent)); i++)
            {
                _ = GroupRemoval.TryRemove(parent);
                parent = System.IO.Path.GetDirectoryName(parent)!;
            }
        }
    }

    /// <summary>Marks the parents that the step made, so that the last container below them takes them along, and gives the receipt.</summary>
    public static StepValues Receipt(PlanStep step, List<string> made)
    {
        if (made.Count == 0 || step.Arguments[Parent] == Own)
        {
            return StepValues.Empty;
        }

        var unmarked = made.FindAll(directory => !MadeMark.TrySet(directory));
        return unmarked.Count == 0 ? StepValues.Empty : StepValues.Of((Made, string.Join('\n', unmarked)));
    }
}
