using MiniDock.Linux;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Faults;

/// <summary>The engine dies by SIGKILL in the middle of a run: the next command leaves nothing of it (SECURITY C1, C9).</summary>
public sealed class KilledEngineTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    private const int MaximumRecords = 100;
    private readonly MinidockFixture _fixture = fixture;

    [Theory]
    [InlineData("--rm --net bridge --mem 100M")]
    [InlineData("--rm --net bridge -p 127.0.0.1:0:80")]
    [InlineData("--rm --net none")]
    [InlineData("--name kept --net bridge")]
    public void After_every_journal_record_the_next_command_leaves_nothing(string flags)
    {
        var record = 1;
        while (RunWithFault(record, flags) != 0)
        {
            Assert.True(++record < MaximumRecords, "the run never got past its records");
        }

        Assert.True(record > 4, $"only {record - 1} records: the fault was not met");
    }

    [Fact]
    public void Two_hundred_kills_at_random_instants_leave_nothing()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Engine.Run("run", "--rm", "--net", "bridge", "busybox", "true").ShouldSucceed();
        var longest = watch.Elapsed.TotalMilliseconds;
        var random = new Random(20_110_917);
        var killed = 0;
        for (var i = 0; i < 200; i++)
        {
            using var run = Engine.Start("run", "--rm", "--net", "bridge", "--mem", "100M", "busybox", "true");
            Thread.Sleep(TimeSpan.FromMilliseconds(random.NextDouble() * longest));
            killed += Processes.TryKill(run.Pid, Signal.SIGKILL) == Errno.Success && !run.HasExited ? 1 : 0;
        }

        Engine.Run("ps", "-a", "-q").ShouldSucceed();
        Assert.Equal("", Engine.Run("ps", "-a", "-q").ShouldSucceed().Text);
        Assert.True(killed > 0);
    }

    [Fact]
    public void A_container_whose_engine_was_killed_is_ended_by_the_next_command_and_can_be_removed()
    {
        using var run = Engine.Start("run", "-i", "--name", "orphan", "--net", "bridge", "busybox", "cat");
        _ = ContainerView.Of(Engine, "orphan");
        Processes.TryKill(run.Pid, Signal.SIGKILL);
        Eventually.True(() => run.HasExited, "the engine is dead");

        Assert.StartsWith("Exited", Engine.Run("ps", "-a", "--format", "{{.Status}}", "--filter", "name=orphan").ShouldSucceed().Text);
        Engine.Run("rm", "orphan").ShouldSucceed();
    }

    [Fact]
    public void A_killed_engine_holds_neither_its_lock_nor_its_name()
    {
        using var run = Engine.Start("run", "-i", "--rm", "--name", "again", "--net", "none", "busybox", "cat");
        _ = ContainerView.Of(Engine, "again");
        Processes.TryKill(run.Pid, Signal.SIGKILL);
        Eventually.True(() => run.HasExited, "the engine is dead");

        Engine.RunRm("--name", "again", "--net", "none", "busybox", "true");
    }

    private int RunWithFault(int record, string flags)
    {
        var before = HostSnapshot.Take(_fixture.Directory);
        Engine.Variables["MINIDOCK_FAULT_AT_RECORD"] = $"{record}";
        var outcome = Engine.Run(["run", .. flags.Split(' '), "busybox", "true"]);
        Engine.Variables.Remove("MINIDOCK_FAULT_AT_RECORD");

        Engine.Run("ps", "-a").ShouldSucceed();
        if (flags.Contains("--name", StringComparison.Ordinal))
        {
            Engine.Run("rm", "-f", "kept");
        }

        var difference = "";
        Assert.True(
            Eventually.Holds(() => (difference = before.DifferenceTo(HostSnapshot.Take(_fixture.Directory))).Length == 0, TimeSpan.FromSeconds(30)),
            $"killed after record {record} ({flags}), the next command left:\n{difference}\n{outcome}");
        Assert.True(outcome.ExitCode is 0 or 137, outcome.ToString());
        return outcome.ExitCode;
    }
}
