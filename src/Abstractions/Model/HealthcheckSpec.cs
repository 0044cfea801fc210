namespace MiniDock.Abstractions.Model;

/// <summary>How the health of a container is checked, docker's extension of the OCI image config. Times are nanoseconds, 0 for the default.</summary>
/// <param name="Test"><c>NONE</c>, or <c>CMD</c> with arguments, or <c>CMD-SHELL</c> with a line.</param>
public sealed record HealthcheckSpec(IReadOnlyList<string> Test)
{
    /// <summary>No check, whatever the image says.</summary>
    public const string None = "NONE";

    /// <summary>Between the end of one check and the start of the next; 30 s.</summary>
    public long IntervalNanoseconds { get; init; }

    /// <summary>After which a check is killed and has failed; 30 s.</summary>
    public long TimeoutNanoseconds { get; init; }

    /// <summary>After the start, when failures do not count yet; 0 s.</summary>
    public long StartPeriodNanoseconds { get; init; }

    /// <summary>Between checks in the start period until the first success; 5 s.</summary>
    public long StartIntervalNanoseconds { get; init; }

    /// <summary>Failures in a row that make it unhealthy; 3.</summary>
    public int Retries { get; init; }
}
