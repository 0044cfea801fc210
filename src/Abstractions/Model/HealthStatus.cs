namespace MiniDock.Abstractions.Model;

/// <summary>What is known of a running container's health.</summary>
public enum HealthStatus
{
    /// <summary>No check has succeeded yet, and not enough have failed.</summary>
    Starting,

    /// <summary>The last check succeeded, or not enough have failed since one that did.</summary>
    Healthy,

    /// <summary>As many checks in a row have failed as it has retries.</summary>
    Unhealthy,
}
