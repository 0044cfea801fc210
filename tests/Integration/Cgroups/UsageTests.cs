using System.Globalization;
using System.Text.Json;
using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Cgroups;

/// <summary>What containers use and may use, seen from outside on whichever version this host has (CAPABILITIES 31).</summary>
public sealed class UsageTests(MinidockFixture fixture) : LifeTest(fixture)
{
    private static bool IsV1 => !File.Exists("/sys/fs/cgroup/cgroup.controllers");

    [Fact]
    public void Stats_shows_processor_memory_and_processes()
    {
        Run("busy", "--mem", "64M", "busybox", "sh", "-c", "dd if=/dev/zero of=/dev/shm/x bs=1M count=20; while :; do :; done");
        Run("idle", "busybox", "sh", "-c", "sleep 1000 & sleep 1000 & wait");
        Eventually.True(() => Stats("busy").GetProperty("MemUsage").GetString()!.StartsWith('2'), "twenty megabytes are used");

        var (busy, idle) = (Stats("busy"), Stats("idle"));
        Assert.EndsWith(" / 64MiB", busy.GetProperty("MemUsage").GetString());
        Assert.True(Percent(busy, "MemPerc") is > 30 and < 60);
        Assert.True(Percent(busy, "CPUPerc") > Percent(idle, "CPUPerc"));
        Assert.Equal("3", idle.GetProperty("PIDs").GetString());
        Assert.Equal("0B / 0B", idle.GetProperty("NetIO").GetString());
    }

    [Fact]
    public void Stats_counts_what_goes_over_the_network()
    {
        Engine.Run("run", "-d", "--name", "web", "--net", "bridge", "busybox", "sh", "-c", "ping -c 3 -s 5000 $(ip route | sed -n 's/default via \\([^ ]*\\).*/\\1/p'); exec sleep 1000").ShouldSucceed();

        Eventually.True(() => Stats("web").GetProperty("NetIO").GetString()!.Contains("kB", StringComparison.Ordinal), "kilobytes went over the link");
    }

    [Fact]
    public void Stats_has_dockers_columns_and_those_that_do_not_run_on_demand()
    {
        Run("zion", "busybox", "sleep", "1000");
        Engine.Run("create", "--net", "none", "--name", "still", "busybox", "true").ShouldSucceed();

        var table = Engine.Run("stats", "--no-stream").ShouldSucceed();
        Assert.Matches("^CONTAINER ID +NAME +CPU % +MEM USAGE / LIMIT +MEM % +NET I/O +BLOCK I/O +PIDS$", table.Lines[0]);
        Assert.Single(table.Lines[1..]);
        Assert.Equal("still zion", string.Join(' ', Engine.Run("stats", "-a", "--no-stream", "--format", "{{.Name}}").Lines.Order()));
        Assert.Contains("nobody", Engine.Run("stats", "--no-stream", "nobody").ShouldExit(1).Stderr);
    }

    [Fact]
    public void Stats_goes_on_until_it_is_interrupted()
    {
        Run("zion", "busybox", "sleep", "1000");
        using var stats = Engine.Start("stats", "--format", "json");

        Eventually.True(() => stats.Stdout.Split('\n').Length > 2, "a second line comes");
        stats.Signal("TERM");
        Assert.NotEqual(0, stats.Wait().ExitCode);
    }

    [Fact]
    public void Stats_ends_when_nobody_reads_it_any_more()
    {
        Run("zion", "busybox", "sleep", "1000");
        var read = HostCommand.Run("sh", "-c", $"{Minidock.Binary} --root {Engine.Root} --run-root {Engine.RunRoot} stats | head -n 1").ShouldSucceed();

        Assert.StartsWith("CONTAINER ID", read.Text);
    }

    [Fact]
    public void Top_shows_the_processes_of_the_container_and_no_others()
    {
        Run("zion", "busybox", "sh", "-c", "sleep 1234 & exec sleep 4321");
        Engine.Run("exec", "-d", "-u", "65534", "zion", "sleep", "999").ShouldSucceed();
        var pid = ContainerView.Of(Engine, "zion").Pid;
        Eventually.True(() => Engine.Run("top", "zion").Lines.Length == 4, "all three run");

        var top = Engine.Run("top", "zion").ShouldSucceed().Lines;
        Assert.Matches("^UID +PID +PPID +C +STIME +TTY +TIME +CMD$", top[0]);
        Assert.Contains(top, l => l.StartsWith("root ", StringComparison.Ordinal) && l.Contains($" {pid} ") && l.EndsWith(" sleep 4321", StringComparison.Ordinal));
        Assert.Contains(top, l => l.EndsWith(" sleep 999", StringComparison.Ordinal) && !l.StartsWith("root", StringComparison.Ordinal));

        Assert.Equal("UID PID PPID C STIME TTY TIME CMD", Squeezed(top[0]));
        Engine.Run("pause", "zion").ShouldSucceed();
        Assert.Equal(4, Engine.Run("top", "zion").ShouldSucceed().Lines.Length);
    }

    [Fact]
    public void Top_passes_options_to_the_hosts_ps()
    {
        Requires.Program("ps");
        Run("zion", "busybox", "sleep", "4321");
        var pid = ContainerView.Of(Engine, "zion").Pid;

        Assert.Equal(["PID COMMAND", $"{pid} sleep 4321"], Engine.Run("top", "zion", "-o", "pid,args").ShouldSucceed().Lines.Select(Squeezed));
        Assert.Equal(2, Engine.Run("top", "zion", "-ef").ShouldSucceed().Lines.Length);
        Assert.Contains("PID", Engine.Run("top", "zion", "-o", "args").ShouldExit(1).Stderr);
        Assert.Contains("ps", Engine.Run("top", "zion", "--nonsense").ShouldExit(1).Stderr);
    }

    [Theory]
    [InlineData("top")]
    [InlineData("limits")]
    public void A_container_that_does_not_run_has_none(string command)
    {
        Engine.Run("create", "--net", "none", "--name", "still", "busybox", "true").ShouldSucceed();

        Assert.Contains("container still: ESRCH (is not running)", Engine.Run(command, "still").ShouldExit(1).Stderr);
    }

    [Fact]
    public void Limits_names_each_limit_its_file_and_what_is_used()
    {
        Run("zion", "--mem", "64M", "--cpus", "0.5", "--pids-limit", "33", "busybox", "sleep", "1000");
        var limits = JsonDocument.Parse(Engine.Run("--json", "limits", "zion").ShouldSucceed().Stdout).RootElement.EnumerateArray()
            .ToDictionary(l => l.GetProperty("Name").GetString()!, l => l);

        Assert.Equal("64MiB", limits["memory"].GetProperty("Value").GetString());
        Assert.Equal("0.5", limits["cpus"].GetProperty("Value").GetString());
        Assert.Equal("33 1", $"{limits["pids"].GetProperty("Value")} {limits["pids"].GetProperty("Used")}");
        Assert.Equal("67108864", File.ReadAllText(limits["memory"].GetProperty("File").GetString()!).Trim());
        Assert.EndsWith(IsV1 ? "/cpu.cfs_quota_us" : "/cpu.max", limits["cpus"].GetProperty("File").GetString());
        Assert.Equal(!IsV1 && Directory.Exists("/proc/pressure"), limits.ContainsKey("memory pressure"));
    }

    [Fact]
    public void The_tree_shows_groups_with_their_containers_and_processes()
    {
        var parent = $"minidock-test-{Environment.ProcessId}";
        Run("zion", "--cgroup-parent", parent + "/deep", "--mem", "64M", "busybox", "sh", "-c", "sleep 1234 & exec sleep 4321");
        Run("moon", "busybox", "sleep", "1000");
        var pid = ContainerView.Of(Engine, "zion").Pid;
        var nested = Path.Combine(ContainerView.Of(Engine, "zion").CgroupDirectory(IsV1 ? "pids" : ""), "nested");
        Directory.CreateDirectory(nested);
        var sleeper = Engine.Run("top", "zion").Lines.Single(l => l.EndsWith("sleep 1234", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        File.WriteAllText(Path.Combine(nested, "cgroup.procs"), sleeper);

        var lines = Engine.Run("tree").ShouldSucceed().Stdout.Split('\n');
        var at = Array.FindIndex(lines, l => l.StartsWith(parent + "/", StringComparison.Ordinal));
        Assert.StartsWith("└─ deep/", lines[at + 1]);
        Assert.StartsWith("   └─ zion (", lines[at + 2]);
        Assert.Contains(" of 64MiB", lines[at + 2]);
        Assert.Contains("pids 2 of 2048", lines[at + 2]);
        Assert.Equal($"      ├─ {pid} sleep 4321", lines[at + 3]);
        Assert.Equal("      └─ nested/", lines[at + 4]);
        Assert.Equal($"         └─ {sleeper} sleep 1234", lines[at + 5]);
        Assert.Contains(lines, l => l.Contains("moon (", StringComparison.Ordinal));
    }

    [Fact]
    public void Port_tells_where_a_port_is_published()
    {
        Engine.Run("run", "-d", "--name", "web", "--net", "bridge", "-p", "127.0.0.1:18080:80", "-p", "18053:53/udp", "busybox", "sleep", "1000").ShouldSucceed();

        Assert.Equal(["53/udp -> 0.0.0.0:18053", "80/tcp -> 127.0.0.1:18080"], Engine.Run("port", "web").ShouldSucceed().Lines);
        Assert.Equal("127.0.0.1:18080", Engine.Run("port", "web", "80").ShouldSucceed().Text);
        Assert.Equal("0.0.0.0:18053", Engine.Run("port", "web", "53/udp").ShouldSucceed().Text);
        Assert.Contains("not published", Engine.Run("port", "web", "53").ShouldExit(1).Stderr);
    }

    private static string Squeezed(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static double Percent(JsonElement row, string field) =>
        double.Parse(row.GetProperty(field).GetString()!.TrimEnd('%'), CultureInfo.InvariantCulture);

    private JsonElement Stats(string name) =>
        JsonDocument.Parse(Engine.Run("stats", "--no-stream", "--format", "json", name).ShouldSucceed().Stdout).RootElement;
}
