using System.Diagnostics;
using System.Globalization;
using MiniDock.Linux;
using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Faults;

/// <summary>The monitor of a container dies by SIGKILL at a random instant of each part of the container's life (SECURITY C1).</summary>
public sealed class KilledMonitorTests(MinidockFixture fixture) : LifeTest(fixture)
{
    private const int Rounds = 40;
    private static readonly string[] Detached = ["run", "-d", "--name", "zion", "--net", "bridge", "--mem", "100M", "-p", "127.0.0.1:0:80"];
    private static readonly string[] Sleeper = [.. Detached, "busybox", "sleep", "1000"];

    // What is going on when the monitor dies: the command that began it, and whether the container runs before.
    private static readonly (string[] Command, bool Runs)[] Parts =
    [
        (Sleeper, false),
        (["stop", "-t", "0", "zion"], true),
        (["rm", "-f", "zion"], true),
        (["exec", "zion", "sleep", "0.01"], true),
        ([.. Detached, "--restart", "always", "busybox", "true"], false),
    ];

    [Fact]
    public void Two_hundred_kills_at_random_instants_of_five_parts_of_a_life_leave_nothing()
    {
        var seed = new Seed();
        var random = seed.Numbers();
        var longest = Parts.Select(Measure).ToArray();
        var before = Snapshot();
        var killed = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var story = new List<string>();
            for (var i = 0; i < Parts.Length; i++)
            {
                var instant = random.NextDouble() * longest[i];
                var monitor = Parts[i].Runs ? Begin() : 0;
                using var command = Engine.Start(Parts[i].Command);
                Thread.Sleep(instant);
                monitor = monitor > 0 ? monitor : Find();
                killed += monitor > 0 && Processes.TryKill(monitor, Signal.SIGKILL) == Errno.Success ? 1 : 0;
                story.Add($"{string.Join(' ', Parts[i].Command)}, its monitor killed after {instant.TotalMilliseconds:f1} ms");

                // The command may fail, but it ends.
                command.Wait();
                Assert.Equal("", Engine.Run("ps", "-a").ShouldSucceed().Stderr);
                Engine.Run("rm", "-f", "zion").ShouldSucceed();
            }

            AssertSame(before, $"{seed}, round {round}: {string.Join("; ", story)}:");
        }

        Assert.True(killed > Rounds, $"only {killed} monitors were found alive");
    }

    private TimeSpan Measure((string[] Command, bool Runs) part)
    {
        if (part.Runs)
        {
            Begin();
        }

        var watch = Stopwatch.StartNew();
        Engine.Run(part.Command).ShouldSucceed();
        var elapsed = watch.Elapsed;
        Engine.Run("rm", "-f", "zion").ShouldSucceed();
        return elapsed;
    }

    private int Begin()
    {
        Engine.Run(Sleeper).ShouldSucceed();
        return Find();
    }

    // The one process of this engine that calls itself a monitor; 0 where there is none yet, or none any more.
    private int Find()
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var pid)
                && ProcFile.TryRead($"{directory}/cmdline").StartsWith($"minidock\0(monitor)\0{Engine.Root}\0", StringComparison.Ordinal))
            {
                return pid;
            }
        }

        return 0;
    }
}
