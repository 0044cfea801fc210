using MiniDock.Abstractions;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Plugins;

namespace MiniDock.Engine.Plugins.Hooks;

/// <summary>Tells a hook that the container's program runs. Its failure is told and ends nothing: the program may have done its work already.</summary>
public sealed class PluginPoststartHandler(PluginCaller caller, Action<string> warn) : IStepHandler
{
    internal const string StepKind = "plugin.hook.poststart";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        try
        {
            var request = PluginSteps.RequestOf(step);
            caller.Call(PluginSteps.Required(step), PluginOperations.Poststart, request with { Container = request.Container! with { Pid = context.Pid } });
        }
        catch (EngineException e)
        {
            warn(e.Message);
        }

        caller.EndSessions();
        return StepValues.Empty;
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
    }
}
