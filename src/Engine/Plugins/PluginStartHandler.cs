using MiniDock.Abstractions.Plan;

namespace MiniDock.Engine.Plugins;

/// <summary>Starts the program of a plugin that is called later: it gets ready meanwhile. Its end follows from the engine's, so there is nothing to undo.</summary>
public sealed class PluginStartHandler(PluginCaller caller) : IStepHandler
{
    private const string StepKind = "plugin.start";

    /// <inheritdoc/>
    public string Kind => StepKind;

    internal static PlanStep Plan(string id, InstalledPlugin plugin) => new()
    {
        Id = id,
        Phase = PlanPhase.HostBefore,
        Kind = StepKind,
        Arguments = StepValues.Of((PluginSteps.Plugin, plugin.Name), ("directory", plugin.Directory)),
        Why = $"the program of plugin {plugin.Name} gets ready while the root file system does",
        ManPage = "docs/plugins.md",
        Shell = $"{plugin.Program} &",
    };

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        caller.Start(PluginSteps.Required(step));
        return StepValues.Empty;
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
    }
}
