using System.Globalization;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Life;

public sealed class KilledMonitorTests(MinidockFixture fixture) : LifeTest(fixture)
{
    [Fact]
    public void A_container_whose_monitor_is_killed_ends_with_it_and_the_next_command_cleans_up()
    {
        for (var i = 0; i < 20; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"zion{i}");
            Engine.Run("run", "-d", "--name", name, "--mem", "50M", "busybox", "sleep", "1000").ShouldSucceed();
            var view = ContainerView.Of(Engine, name);

            Kill(MonitorOf(view));

            Eventually.True(() => !Directory.Exists($"/proc/{view.Pid}") || view.Proc("stat").Contains(") Z"), "its first process is dead");
            Assert.Equal("exited 137", Inspect(name, "{{.State.Status}} {{.State.ExitCode}}"));
            Engine.Run("start", name).ShouldSucceed();
            Engine.Run("rm", "-f", name).ShouldSucceed();
        }
    }

    [Fact]
    public void A_container_whose_monitor_is_killed_is_removed_where_rm_was_asked_for()
    {
        Run("zion", "--rm", "busybox", "sleep", "1000");

        Kill(MonitorOf(ContainerView.Of(Engine, "zion")));

        Eventually.True(() => Engine.Run("ps", "-aq").ShouldSucceed().Text.Length == 0, "it is gone");
    }

    private static string MonitorOf(ContainerView view) =>
        view.Proc("status").Split('\n').Single(l => l.StartsWith("PPid:", StringComparison.Ordinal))["PPid:".Length..].Trim();

    // Its threads end one by one, and the last of them lets go of the container's lock.
    private static void Kill(string pid)
    {
        HostCommand.Run("kill", "-9", pid).ShouldSucceed();
        Eventually.True(() => HasEnded(pid), "the monitor is dead");
    }

    // Whoever inherits it may take seconds to wait for it.
    private static bool HasEnded(string pid)
    {
        try
        {
            return Directory.GetDirectories($"/proc/{pid}/task").Length == 1 && File.ReadAllText($"/proc/{pid}/stat").Contains(") Z", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }
}
