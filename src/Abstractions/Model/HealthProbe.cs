namespace MiniDock.Abstractions.Model;

/// <summary>One check of a container's health.</summary>
/// <param name="Start">When it began, UTC.</param>
/// <param name="End">When it ended, UTC.</param>
/// <param name="ExitCode">Its exit code; 0 is success, −1 a check that was killed at its time-out.</param>
/// <param name="Output">The first of what it wrote.</param>
public sealed record HealthProbe(DateTimeOffset Start, DateTimeOffset End, int ExitCode, string Output);
