using System.Globalization;
using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Faults;

/// <summary>Nothing grows with the number of starts: descriptors, memory, dentries, groups (SECURITY C13).</summary>
public sealed class ManyCyclesTests(MinidockFixture fixture) : LifeTest(fixture)
{
    // Another program of the machine may use some of each meanwhile: what leaks with every cycle is more than that.
    private const int Cycles = 1000;
    private const int Runs = 300;

    [Fact]
    public void A_thousand_starts_and_stops_of_one_container_leave_as_many_groups_dentries_and_files_as_before()
    {
        Run("zion", "--mem", "50M", "busybox", "sleep", "1000");
        var files = StateFiles();
        var before = Kernel.Read();
        for (var i = 0; i < Cycles; i++)
        {
            Engine.Run("stop", "-t", "0", "zion").ShouldSucceed();
            Engine.Run("start", "zion").ShouldSucceed();
        }

        before.AssertNotGrown(Cycles);
        Assert.Equal(files, StateFiles());
    }

    [Fact]
    public void Three_hundred_runs_leave_as_many_groups_and_dentries_as_before()
    {
        Engine.RunRm("--mem", "50M", "busybox", "true");
        var before = Kernel.Read();
        for (var i = 0; i < Runs; i++)
        {
            Engine.RunRm("--mem", "50M", "busybox", "true");
        }

        before.AssertNotGrown(Runs);
    }

    [Fact]
    public void A_monitor_has_as_many_descriptors_and_as_much_memory_after_six_restarts_fifty_clients_and_fifty_commands_as_before()
    {
        // Ends at once when it is told to; the pause before each start grows, so that more restarts would take minutes.
        Run("zion", "-i", "--restart", "always", "busybox", "sh", "-c", "while read line; do echo got $line; [ $line = end ] && exit; done");
        End(0);
        var monitor = new Monitor(ContainerView.Of(Engine, "zion").Proc("status"));
        Ask("first");
        var (descriptors, kilobytes) = (monitor.Descriptors, monitor.Kilobytes);
        for (var i = 1; i < 6; i++)
        {
            End(i);
        }

        for (var i = 0; i < 50; i++)
        {
            Engine.Run("exec", "zion", "true").ShouldSucceed();
            Ask($"{i}");
        }

        Eventually.True(() => monitor.Descriptors == descriptors, "it has as many descriptors as before");
        Assert.InRange(monitor.Kilobytes, 0, kilobytes + 1024);
    }

    private void Ask(string line)
    {
        using var client = Engine.Start("attach", "zion");
        client.Write($"{line}\n");
        client.WaitForOutput($"got {line}");
    }

    private void End(int restarts)
    {
        using var attached = Engine.Start("attach", "zion");
        attached.Write("end\n");
        attached.Wait();
        Eventually.True(() => Inspect("zion", "{{.RestartCount}} {{.State.Status}}") == $"{restarts + 1} running", "it runs again");
    }

    private string StateFiles() => string.Join('\n', Names(Engine.Root).Concat(Names(Engine.RunRoot)).Order(StringComparer.Ordinal));

    // The record of what has happened is one file or two.
    private static IEnumerable<string> Names(string root) =>
        Directory.GetFiles(root, "*", SearchOption.AllDirectories).Where(f => !f.Contains("/events/", StringComparison.Ordinal));

    private sealed record Monitor(string StatusOfChild)
    {
        private readonly int _pid = Field(StatusOfChild, "PPid:");

        public int Descriptors => Directory.GetFiles($"/proc/{_pid}/fd").Length;

        public int Kilobytes => Field(File.ReadAllText($"/proc/{_pid}/status"), "RssAnon:");

        private static int Field(string status, string name) => int.Parse(
            status.Split('\n').Single(l => l.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
