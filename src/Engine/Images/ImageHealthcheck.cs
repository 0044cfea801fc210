namespace MiniDock.Engine.Images;

/// <summary>An image's health check, docker's extension of the OCI config. Times are nanoseconds, 0 for the default.</summary>
/// <param name="Test"><c>NONE</c>, or <c>CMD</c> with arguments, or <c>CMD-SHELL</c> with a line.</param>
public sealed record ImageHealthcheck(IReadOnlyList<string> Test)
{
    public long IntervalNanoseconds { get; init; }

    public long TimeoutNanoseconds { get; init; }

    public long StartPeriodNanoseconds { get; init; }

    public int Retries { get; init; }
}
