using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Health;

/// <summary>docker's rules of health: when a check is due, and what its result means. Times are monotonic milliseconds.</summary>
internal static class HealthRules
{
    private const int KeptProbes = 5;
    private const int DefaultRetries = 3;
    private const int DefaultMilliseconds = 30_000;
    private const int DefaultStartMilliseconds = 5_000;

    /// <summary>Pause before the next check.</summary>
    public static int IntervalMilliseconds(HealthcheckSpec check, HealthStatus status, long sinceStart) =>
        status == HealthStatus.Starting && IsStarting(check, sinceStart)
            ? Milliseconds(check.StartIntervalNanoseconds, DefaultStartMilliseconds)
            : Milliseconds(check.IntervalNanoseconds, DefaultMilliseconds);

    /// <summary>Time that one check may take.</summary>
    public static int TimeoutMilliseconds(HealthcheckSpec check) => Milliseconds(check.TimeoutNanoseconds, DefaultMilliseconds);

    /// <summary>Whether the container is still in its start period.</summary>
    public static bool IsStarting(HealthcheckSpec check, long sinceStart) => sinceStart < Milliseconds(check.StartPeriodNanoseconds, 0);

    /// <summary>What a result makes of a state.</summary>
    /// <param name="state">What was known.</param>
    /// <param name="probe">The result.</param>
    /// <param name="check">What was asked for.</param>
    /// <param name="isStarting">Whether the check began in the start period: until a first success, failures do not count in it.</param>
    public static HealthState After(HealthState state, HealthProbe probe, HealthcheckSpec check, bool isStarting)
    {
        List<HealthProbe> log = [.. state.Log.TakeLast(KeptProbes - 1), probe];
        if (probe.ExitCode == 0)
        {
            return new HealthState { Status = HealthStatus.Healthy, Log = log };
        }

        if (state.Status == HealthStatus.Starting && isStarting)
        {
            return state with { Log = log };
        }

        var streak = state.FailingStreak + 1;
        var retries = check.Retries > 0 ? check.Retries : DefaultRetries;
        return new HealthState { Status = streak >= retries ? HealthStatus.Unhealthy : state.Status, FailingStreak = streak, Log = log };
    }

    private static int Milliseconds(long nanoseconds, int otherwise) =>
        nanoseconds == 0 ? otherwise : (int)Math.Clamp(nanoseconds / 1_000_000, 1, int.MaxValue);
}
