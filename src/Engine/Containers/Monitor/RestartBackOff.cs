namespace MiniDock.Engine.Containers.Monitor;

/// <summary>The pause before a restart, as docker's: 100 ms, doubled each time up to a minute, anew after a run of ten seconds. Monotonic.</summary>
internal sealed class RestartBackOff
{
    private const int FirstMilliseconds = 100;
    private const int MaxMilliseconds = 60_000;
    private const int SteadyMilliseconds = 10_000;
    private const int LookMilliseconds = 100;

    private int _pauseMilliseconds;
    private long _startedAt = Environment.TickCount64;

    /// <summary>A run begins.</summary>
    public void Started() => _startedAt = Environment.TickCount64;

    /// <summary>The pause that follows a run of some length.</summary>
    internal int Next(long ranMilliseconds)
    {
        _pauseMilliseconds = ranMilliseconds >= SteadyMilliseconds || _pauseMilliseconds == 0
            ? FirstMilliseconds
            : Math.Min(_pauseMilliseconds * 2, MaxMilliseconds);
        return _pauseMilliseconds;
    }

    /// <summary>Sleeps through the pause.</summary>
    /// <returns>False when it was given up.</returns>
    public bool Wait(Func<bool> givenUp)
    {
        var end = Environment.TickCount64 + Next(Environment.TickCount64 - _startedAt);
        while (Environment.TickCount64 < end)
        {
            if (givenUp())
            {
                return false;
            }

            Thread.Sleep((int)Math.Clamp(end - Environment.TickCount64, 0, LookMilliseconds));
        }

        return !givenUp();
    }
}
