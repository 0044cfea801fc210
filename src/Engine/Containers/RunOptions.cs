using MiniDock.Abstractions.Model;
using MiniDock.Engine.Events;
using MiniDock.Engine.Run;

namespace MiniDock.Engine.Containers;

/// <summary>What a run does beside running.</summary>
public sealed record RunOptions
{
    /// <summary>Called with the plan before anything is applied: <c>--explain</c>.</summary>
    public Action<Abstractions.Plan.RunPlan>? Explain { get; init; }

    /// <summary>Plan only, change nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Filled with what each step took, or null.</summary>
    public PlanTrace? Trace { get; init; }

    /// <summary>Called once the container is in the store, before it starts: <c>--cidfile</c>.</summary>
    public Action? Created { get; init; }

    /// <summary>How often the container was started again before this run.</summary>
    public int RestartCount { get; init; }

    /// <summary>Told what happens in the run, or null.</summary>
    public EventTeller? Events { get; init; }

    /// <summary>Reads the container anew: it may have been renamed in its run. Null where that is not worth it.</summary>
    public Func<ContainerSpec?>? Reread { get; init; }

    /// <summary>Called once its program runs.</summary>
    public Action<ContainerState>? Started { get; init; }

    /// <summary>Told to the user on standard error, such as a substitution of a limit.</summary>
    public Action<string> Warn { get; init; } = _ => { };
}
