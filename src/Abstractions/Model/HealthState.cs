namespace MiniDock.Abstractions.Model;

/// <summary>What the checks of a container's health have come to in its current or last run.</summary>
public sealed record HealthState
{
    /// <summary>The verdict.</summary>
    public HealthStatus Status { get; init; } = HealthStatus.Starting;

    /// <summary>Failures since the last success.</summary>
    public int FailingStreak { get; init; }

    /// <summary>The last checks, oldest first.</summary>
    public IReadOnlyList<HealthProbe> Log { get; init; } = [];
}
