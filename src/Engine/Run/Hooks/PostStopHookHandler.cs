using MiniDock.Abstractions;
using MiniDock.Abstractions.Plan;
using MiniDock.Linux;

namespace MiniDock.Engine.Run.Hooks;

/// <summary>Runs the commands of <c>--hook-post-stop</c> when the run is undone: at its end, or by recovery from the journal. A command that fails
/// is told and keeps nothing from being cleaned up.</summary>
/// <param name="warn">Told to the user, a line.</param>
public sealed class PostStopHookHandler(Action<string> warn) : IStepHandler
{
    /// <inheritdoc/>
    public string Kind => HookSteps.PostStop;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context) => StepValues.Empty;

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        // A run that never came to its process had no pre-start hooks either. And one whose undoing is tried once more has had its hook.
        var done = Path.Combine(context.Paths.RunDirectory(context.ContainerId), $"{step.Id}.done");
        if (context.ReceiptOf(SpawnStep.Id) is null || Files.Exists(done))
        {
            return;
        }

        try
        {
            var state = HookSteps.State(step, context.ContainerId, "stopped", 0, context.Paths.RunDirectory(context.ContainerId));
            HookCommand.Run("post-stop hook", step.Arguments["command"], context.ContainerId, step.Arguments["name"], state);
        }
        catch (EngineException e)
        {
            warn(e.Message);
        }

        Files.Open(done, OpenFlags.WriteOnly | OpenFlags.Create, 0x180).Dispose();
    }
}
