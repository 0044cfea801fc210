using MiniDock.Abstractions.Plan;

namespace MiniDock.Engine.Plugins;

/// <summary>Ends the programs of all plugins: none lives beside the container.</summary>
public sealed class PluginEndHandler(PluginCaller caller) : IStepHandler
{
    private const string StepKind = "plugin.end";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <summary>The step; null where no other calls a plugin.</summary>
    public static PlanStep? Plan(List<PlanStep> steps) => !steps.Exists(s => s.Arguments.Find(PluginSteps.Plugin) is not null) ? null : new()
    {
        Id = StepKind,
        Phase = PlanPhase.HostAfter,
        Kind = StepKind,
        Why = "programs of plugins end when their work is done; they are started again to undo it",
        ManPage = "docs/plugins.md",
    };

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        caller.EndSessions();
        return StepValues.Empty;
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
    }
}
