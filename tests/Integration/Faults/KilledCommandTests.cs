using System.Diagnostics;
using MiniDock.Linux;
using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Faults;

/// <summary>Commands die by SIGKILL at random instants: the next ones go on, and nothing of the container is left behind it (SECURITY C1).</summary>
public sealed class KilledCommandTests(MinidockFixture fixture) : LifeTest(fixture)
{
    private const int Rounds = 25;
    private static readonly string[] Flags = ["--net", "bridge", "--mem", "100M", "-p", "127.0.0.1:0:80"];

    private static readonly string[][] Commands =
    [
        ["run", "--rm", .. Flags, "busybox", "true"],
        ["run", "-d", .. Flags, "busybox", "sleep", "1000"],
        ["exec", "zion", "true"],
        ["update", "--mem", "90M", "zion"],
        ["pause", "zion"],
        ["stop", "-t", "0", "zion"],
        ["start", "zion"],
        ["rm", "-f", "zion"],
    ];

    [Fact]
    public void Two_hundred_kills_of_eight_commands_at_random_instants_leave_nothing()
    {
        var seed = new Seed();
        var random = seed.Numbers();
        var longest = Commands.Select(Measure).ToArray();
        Engine.Run("rm", "-f", "zion").ShouldSucceed();
        RemoveAll();
        var before = Snapshot();
        var killed = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var story = new List<string>();
            for (var i = 0; i < Commands.Length; i++)
            {
                Prepare(Commands[i]);
                var instant = random.NextDouble() * longest[i];
                using var command = Engine.Start(Commands[i]);
                Thread.Sleep(instant);
                killed += Processes.TryKill(command.Pid, Signal.SIGKILL) == Errno.Success && !command.HasExited ? 1 : 0;
                story.Add($"{string.Join(' ', Commands[i])}, killed after {instant.TotalMilliseconds:f1} ms");
                Eventually.True(() => command.HasExited, "the command is dead");
                Assert.Equal("", Engine.Run("ps", "-a").ShouldSucceed().Stderr);
            }

            Engine.Run("rm", "-f", "zion").ShouldSucceed();
            RemoveAll();
            AssertSame(before, $"{seed}, round {round}: {string.Join("; ", story)}:");
        }

        Assert.True(killed > Rounds, $"only {killed} of the commands were killed before their end");
    }

    private TimeSpan Measure(string[] command)
    {
        Prepare(command);
        var watch = Stopwatch.StartNew();
        Engine.Run(command).ShouldSucceed();
        return watch.Elapsed;
    }

    // What the command needs to have something to do, whatever the kills before it have left.
    private void Prepare(string[] command)
    {
        if (command[0] == "run")
        {
            return;
        }

        var status = Engine.Run("inspect", "-f", "{{.State.Status}}", "zion").Text;
        if (status.Length == 0)
        {
            Engine.Run(["create", "--name", "zion", .. Flags, "busybox", "sleep", "1000"]).ShouldSucceed();
        }

        if (status == "paused")
        {
            Engine.Run("unpause", "zion").ShouldSucceed();
        }

        Engine.Run(command[0] == "start" ? ["stop", "-t", "0", "zion"] : ["start", "zion"]).ShouldSucceed();
    }

    private void RemoveAll()
    {
        if (Engine.Run("ps", "-aq").ShouldSucceed().Lines is { Length: > 0 } left)
        {
            Engine.Run(["rm", "-f", .. left]).ShouldSucceed();
        }
    }
}
