namespace MiniDock.Abstractions.Plan;

/// <summary>How long the effect of a step lasts.</summary>
public enum StepScope
{
    /// <summary>Undone when the run ends.</summary>
    Run,

    /// <summary>Undone when the container is removed.</summary>
    Container,
}
