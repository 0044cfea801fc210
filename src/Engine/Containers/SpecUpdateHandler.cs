using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Engine.Containers;

/// <summary>Puts other limits and another restart policy into the specification of a running container. The first step of an update: while it is in the
/// journal, the update has not come to its end.</summary>
public sealed class SpecUpdateHandler(ContainerStore store) : IStepHandler
{
    /// <summary>Id of the step.</summary>
    public const string StepId = UpdateStepIds.Prefix + "spec";

    private const string StepKind = "spec.update";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <summary>The step.</summary>
    public static PlanStep Plan(ContainerSpec before, ContainerSpec after) => new()
    {
        Id = StepId,
        Phase = PlanPhase.HostAfter,
        Kind = StepKind,
        Arguments = StepValues.Of(
            ("limits", LimitsJson.ToText(after.Resources)), ("restart", after.Restart.ToString()), ("limitsBefore", LimitsJson.ToText(before.Resources)), ("restartBefore", before.Restart.ToString())),
        Why = "inspect and a later start see the new limits",
    };

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        Write(context.ContainerId, step.Arguments["limits"], step.Arguments["restart"]);
        return StepValues.Empty;
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context) =>
        Write(context.ContainerId, step.Arguments["limitsBefore"], step.Arguments["restartBefore"]);

    private void Write(ContainerId id, string limits, string restart)
    {
        if (store.Read(id)?.Spec is { } spec)
        {
            store.WriteSpec(spec with { Resources = LimitsJson.Parse(limits), Restart = RestartPolicy.Parse(restart)! });
        }
    }
}
