using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Engine.Containers.Live;

/// <summary>The first step of an addition of a mount: while it is in the journal, the addition has not come to its end. Puts a mount that is to be kept into
/// the specification.</summary>
public sealed class MountChangeHandler(ContainerStore store) : IStepHandler
{
    internal const string StepId = LiveSteps.ChangePrefix + "mount";
    internal const string StepKind = "spec.mount";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <summary>The step.</summary>
    /// <param name="mount">The mount.</param>
    /// <param name="index">Its number in this run: its steps begin with it.</param>
    /// <param name="isKept">Whether the next start has it too.</param>
    internal static PlanStep Plan(MountSpec mount, int index, bool isKept) => new()
    {
        Id = StepId,
        Phase = PlanPhase.HostBefore,
        Kind = StepKind,
        Arguments = StepValues.Of(("mount", isKept ? MountJson.ToText(mount) : null), ("steps", LiveSteps.PrefixOf(LiveSteps.Mount, index))),
        Why = isKept ? "a later start has the mount too" : "what follows happens as a whole or not at all",
    };

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        if (step.Arguments.Find("mount") is { } text && store.Read(context.ContainerId)?.Spec is { } spec)
        {
            store.WriteSpec(spec with { Mounts = [.. spec.Mounts, MountJson.Parse(text)] });
        }

        return StepValues.Empty;
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        if (step.Arguments.Find("mount") is { } text && store.Read(context.ContainerId)?.Spec is { } spec)
        {
            Remove(store, spec, MountJson.Parse(text).Target);
        }
    }

    /// <summary>Takes the mount of a target out of a specification; no other is there, or it could not have been added.</summary>
    internal static void Remove(ContainerStore store, ContainerSpec spec, string target)
    {
        if (spec.Mounts.Any(m => m.Target == target))
        {
            store.WriteSpec(spec with { Mounts = [.. spec.Mounts.Where(m => m.Target != target)] });
        }
    }
}
