using MiniDock.Abstractions.Plan;

namespace MiniDock.Engine.Run.Hooks;

/// <summary>Runs the commands of <c>--hook-pre-start</c>: the first that fails fails the start.</summary>
public sealed class PreStartHookHandler : IStepHandler
{
    /// <inheritdoc/>
    public string Kind => HookSteps.PreStart;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var state = HookSteps.State(step, context.ContainerId, "created", context.Pid, context.Paths.RunDirectory(context.ContainerId));
        HookCommand.Run("pre-start hook", step.Arguments["command"], context.ContainerId, step.Arguments["name"], state);
        return StepValues.Empty;
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
    }
}
