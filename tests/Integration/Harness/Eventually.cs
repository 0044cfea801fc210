using System.Diagnostics;

namespace MiniDock.Tests.Integration.Harness;

/// <summary>Waits for what the kernel does in its own time: the end of a namespace, of a veth pair, of a process.</summary>
public static class Eventually
{
    /// <summary>Asks again and again until the answer is true; false when the time is over.</summary>
    public static bool Holds(Func<bool> condition, TimeSpan timeOut)
    {
        var watch = Stopwatch.StartNew();
        for (var pauseMilliseconds = 1; !condition(); pauseMilliseconds = Math.Min(2 * pauseMilliseconds, 50))
        {
            if (watch.Elapsed > timeOut)
            {
                return condition();
            }

            Thread.Sleep(pauseMilliseconds);
        }

        return true;
    }

    /// <summary>Fails the test unless the condition comes true.</summary>
    public static void True(Func<bool> condition, string what)
    {
        if (!Holds(condition, RunningCommand.DefaultTimeOut))
        {
            Assert.Fail($"never came true within {RunningCommand.DefaultTimeOut.TotalSeconds} s: {what}");
        }
    }
}
