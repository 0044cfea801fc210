using MiniDock.Abstractions;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Plugins;
using MiniDock.Engine.Run;

namespace MiniDock.Engine.Plugins.Hooks;

/// <summary>Tells a hook that the container has ended, when its run is undone: at its end, or by recovery from the journal. A failure is told and keeps nothing
/// from being cleaned up.</summary>
public sealed class PluginPoststopHandler(PluginCaller caller, Action<string> warn) : IStepHandler
{
    internal const string StepKind = "plugin.hook.poststop";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context) => StepValues.Empty;

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        // A run that never came to its process had no beginning that a hook could know of.
        if (context.ReceiptOf(SpawnStep.Id) is null || PluginSteps.Of(step) is not { } plugin)
        {
            return;
        }

        try
        {
            caller.Call(plugin, PluginOperations.Poststop, PluginSteps.RequestOf(step));
        }
        catch (EngineException e)
        {
            warn(e.Message);
        }

        caller.EndSessions();
    }
}
