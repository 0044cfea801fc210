using MiniDock.Abstractions;
using MiniDock.Abstractions.Plan;
using MiniDock.Linux;
using MiniDock.Plugins.Cgroups.V1;

namespace MiniDock.Plugins.Cgroups;

/// <summary>A group that containers share as their parent, and that somebody defined.</summary>
internal static class SharedGroup
{
    /// <summary>Id of the step that makes it.</summary>
    public const string StepId = "cgroup.parent";

    /// <summary>What its directories need when they are there.</summary>
    public static void Made(IEnumerable<string> directories)
    {
        foreach (var directory in directories)
        {
            MadeMark.Clear(directory);
            V1GroupDefaults.LimitWholeTree(directory);
        }
    }

    /// <summary>Removes it, unless the step had only made it again for a run.</summary>
    /// <exception cref="EngineException">Something is in it: nothing is killed.</exception>
    public static void Undo(PlanStep step, IReadOnlyList<string> directories)
    {
        if (step.Arguments[GroupStep.Parent] == GroupStep.Kept)
        {
            return;
        }

        foreach (var directory in directories)
        {
            if (GroupRemoval.TryRemove(directory) is not (Errno.Success or Errno.ENOENT) and var errno)
            {
                throw new EngineException(new LinuxException("remove cgroup", directory, errno).Message, $"processes or groups are in it; see: minidock tree, and {directory}");
            }
        }

        GroupStep.RemoveParents(step, null, directories);
    }
}
