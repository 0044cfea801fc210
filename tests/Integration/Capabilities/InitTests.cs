using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Capabilities;

/// <summary>Several processes in a container, and who waits for those that nobody waits for (CAPABILITIES 44).</summary>
public sealed class InitTests(MinidockFixture fixture) : LifeTest(fixture)
{
    // Ten orphans that end at once, and a program that never waits for any.
    private const string Orphans = "for i in 0 1 2 3 4 5 6 7 8 9; do (sleep 0.5 &); done; exec sleep 1000";

    [Fact]
    public void With_init_orphans_are_reaped_whatever_the_program_does()
    {
        Run("zion", "--init", "busybox", "sh", "-c", Orphans);

        Eventually.True(() => Processes().Count(p => p.Contains("sleep", StringComparison.Ordinal)) == 1, "only the program is left");
        Assert.DoesNotContain(Processes(), p => p.StartsWith('Z'));
    }

    [Fact]
    public void Without_init_they_stay_as_zombies()
    {
        Run("zion", "busybox", "sh", "-c", Orphans);

        Eventually.True(() => Processes().Any(p => p.StartsWith('Z')), "nobody waits for them");
    }

    [Fact]
    public void Init_passes_on_the_exit_code_and_the_signals()
    {
        Engine.Run("run", "--rm", "--init", "--net", "none", "busybox", "sh", "-c", "[ $$ != 1 ] && exit 7").ShouldExit(7);
        Run("zion", "--init", "busybox", "sh", "-c", "trap 'exit 5' TERM; echo ready; while :; do sleep 0.1; done");
        Eventually.True(() => Engine.Run("logs", "zion").Text == "ready", "it listens");

        Engine.Run("stop", "zion").ShouldSucceed();

        Assert.Equal("5", Inspect("zion", "{{.State.ExitCode}}"));
    }

    private string[] Processes() => [.. Engine.Run("exec", "zion", "ps", "-o", "stat,comm").ShouldSucceed().Lines.Skip(1)];
}
