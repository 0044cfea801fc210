namespace MiniDock.Abstractions.Plugins;

/// <summary>Result of any operation with <c>dryRun</c>.</summary>
public sealed record PluginPlanResult
{
    /// <summary>What would be done, in order.</summary>
    public IReadOnlyList<PluginStep> Steps { get; set; } = [];
}
