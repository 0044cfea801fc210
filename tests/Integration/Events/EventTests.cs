using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Events;

public sealed partial class EventTests(MinidockFixture fixture) : LifeTest(fixture)
{
    private const string Short = "{{.Type}} {{.Action}} {{.Actor.Attributes.name}}";

    [Fact]
    public void A_listener_sees_the_life_of_a_detached_container()
    {
        using var events = Listen("--format", Short);

        Run("zion", "busybox", "sleep", "1000");
        Engine.Run("pause", "zion").ShouldSucceed();
        Engine.Run("unpause", "zion").ShouldSucceed();
        Engine.Run("update", "--pids-limit", "100", "zion").ShouldSucceed();
        Engine.Run("rename", "zion", "moon").ShouldSucceed();
        Engine.Run("stop", "-t", "0", "moon").ShouldSucceed();
        Engine.Run("start", "moon").ShouldSucceed();
        Engine.Run("restart", "-t", "0", "moon").ShouldSucceed();
        Engine.Run("rm", "-f", "moon").ShouldSucceed();

        Assert.Equal(
            [
                "create zion", "start zion", "pause zion", "unpause zion", "update zion", "rename moon",
                "kill moon", "kill moon", "die moon", "stop moon", "start moon",
                "kill moon", "kill moon", "die moon", "stop moon", "start moon", "restart moon",
                "kill moon", "die moon", "destroy moon",
            ],
            End(events).Select(line => line["container ".Length..]));
    }

    [Fact]
    public void A_listener_sees_a_foreground_run_while_it_runs()
    {
        using var events = Listen("--format", Short);
        using var running = Engine.Start("run", "--rm", "-i", "--net", "none", "--name", "zion", "busybox", "cat");

        events.WaitForOutput("start zion");
        Assert.DoesNotContain("die", events.Stdout);
        running.CloseStdin();
        running.Wait().ShouldSucceed();

        Assert.Equal(["container create zion", "container attach zion", "container start zion", "container die zion", "container destroy zion"], End(events));
    }

    [Fact]
    public void A_listener_that_comes_during_a_foreground_run_sees_the_rest_of_it_only()
    {
        using var running = Engine.Start("run", "--rm", "-i", "--net", "none", "--name", "zion", "busybox", "cat");
        ContainerView.Of(Engine, "zion");
        using var events = Listen("--format", Short);

        running.CloseStdin();
        running.Wait().ShouldSucceed();

        Assert.Equal(["container die zion", "container destroy zion"], End(events));
    }

    [Fact]
    public void What_happened_before_is_shown_in_its_order_on_request()
    {
        Engine.RunRm("--net", "none", "--name", "before", "busybox", "true");
        var moment = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
        Engine.RunRm("--net", "none", "--name", "zion", "--label", "color=blue", "busybox", "sh", "-c", "exit 0");

        var since = moment.ToString("0.000", CultureInfo.InvariantCulture);
        var lines = Engine.Run("events", "--since", since, "--until", "0s").ShouldSucceed().Lines;

        Assert.Equal(["create", "attach", "start", "die", "destroy"], lines.Select(line => line.Split(' ')[2]));
        Assert.All(lines, line => Assert.Matches(LinePattern(), line));
        Assert.Contains("(color=blue, execDuration=0, exitCode=0, image=busybox, name=zion)", lines[3]);
        Assert.NotEmpty(Engine.Run("events", "--since", "1h", "--until", "0s", "--filter", "container=before").ShouldSucceed().Lines);
    }

    [Fact]
    public void Json_has_the_shape_of_docker()
    {
        using var events = Listen("--format", "json", "--filter", "event=die");
        Engine.Run("run", "--rm", "--net", "none", "--name", "zion", "busybox", "sh", "-c", "exit 3").ShouldExit(3);

        using var json = JsonDocument.Parse(Assert.Single(End(events)));
        var root = json.RootElement;
        Assert.Equal(
            ["status", "id", "from", "Type", "Action", "Actor", "scope", "time", "timeNano"], root.EnumerateObject().Select(p => p.Name));
        Assert.Equal("die", root.GetProperty("status").GetString());
        Assert.Equal("busybox", root.GetProperty("from").GetString());
        Assert.Equal(root.GetProperty("id").GetString(), root.GetProperty("Actor").GetProperty("ID").GetString());
        Assert.Equal("3", root.GetProperty("Actor").GetProperty("Attributes").GetProperty("exitCode").GetString());
        Assert.Equal(root.GetProperty("time").GetInt64(), root.GetProperty("timeNano").GetInt64() / 1_000_000_000);
    }

    [Fact]
    public void Exec_and_health_and_memory_are_told()
    {
        using var events = Listen("--format", "{{.Action}} {{with .Actor.Attributes.exitCode}}{{.}}{{end}}");
        Run("zion", "--health-cmd", "true", "--health-interval", "50ms", "busybox", "sleep", "1000");
        events.WaitForOutput("health_status: healthy");
        Engine.Run("exec", "zion", "sh", "-c", "exit 4").ShouldExit(4);
        Engine.Run("exec", "zion", "/no/such").ShouldExit(127);
        Engine.Run("rm", "-f", "zion").ShouldSucceed();
        Run("moon", "--mem", "20M", "busybox", "sh", "-c", "x=a; while :; do x=$x$x; done");
        Engine.Run("wait", "moon").ShouldSucceed();

        var lines = End(events);
        Assert.Contains("exec_create: /bin/sh -c true", lines);
        Assert.Contains("exec_create: sh -c exit 4", lines);
        Assert.Contains("exec_start: sh -c exit 4", lines);
        Assert.Contains("exec_die 4", lines);
        Assert.Contains("exec_die 127", lines);
        Assert.Single(lines, "health_status: healthy");
        Assert.Equal(["oom", "die 137"], lines[^2..]);
    }

    [Fact]
    public void Images_are_told_of()
    {
        using var events = Listen("--filter", "type=image", "--format", "{{.Action}} {{.Actor.Attributes.name}}");
        var id = Engine.Run("import", BusyboxTar.Path, "tools:1").ShouldSucceed().Text;
        Engine.Run("tag", "tools:1", "tools:2").ShouldSucceed();
        Engine.Run("rmi", "tools:1").ShouldSucceed();
        Engine.Run("rmi", "tools:2").ShouldSucceed();

        Assert.Equal(["tag tools:1", $"import {id}", "tag tools:2", "untag tools:1", "untag tools:2", $"delete {id}"], End(events));
    }

    [Fact]
    public void Filters_of_one_key_are_alternatives_and_different_keys_must_all_match()
    {
        using var events = Listen(
            "--filter", "container=zion", "--filter", "container=moon", "--filter", "event=start", "--filter", "event=die", "--filter", "label=side=light", "--filter", "image=busybox", "--format", Short);
        foreach (var (name, side) in new[] { ("zion", "light"), ("moon", "dark"), ("sun", "light") })
        {
            Engine.RunRm("--net", "none", "--name", name, "--label", $"side={side}", "busybox", "true");
        }

        Assert.Equal(["container start zion", "container die zion"], End(events));
    }

    [Fact]
    public void A_killed_monitor_is_told_by_whoever_recovers()
    {
        using var events = Listen("--format", "{{.Action}} {{with .Actor.Attributes.exitCode}}{{.}}{{end}}");
        Run("zion", "--rm", "busybox", "sleep", "1000");
        var monitor = ContainerView.Of(Engine, "zion").Proc("status").Split('\n').Single(l => l.StartsWith("PPid:", StringComparison.Ordinal))["PPid:".Length..].Trim();

        HostCommand.Run("kill", "-9", monitor).ShouldSucceed();
        Eventually.True(() => Engine.Run("ps", "-aq").ShouldSucceed().Text.Length == 0, "it is recovered");

        Assert.Equal(["create", "start", "die 137", "destroy"], End(events));
    }

    [Fact]
    public void A_slow_listener_loses_nothing_however_often_the_log_is_rotated()
    {
        const int count = 120;
        using var events = Listen("--filter", "event=tag", "--format", "{{.Actor.Attributes.name}}");
        events.Signal("STOP");

        // A label makes each container's events large, so that a few of them fill a file of the log.
        var large = new string('x', 60_000);
        for (var i = 0; i < count; i++)
        {
            Engine.RunRm("--net", "none", "--label", $"big={large}", "busybox", "true");
            Engine.Run("tag", "busybox", string.Create(CultureInfo.InvariantCulture, $"many:{i}")).ShouldSucceed();
        }

        Assert.True(Directory.GetFiles(Path.Combine(Engine.RunRoot, "events"), "log.*").Length > 10, "the log was rotated many times");
        events.Signal("CONT");

        Assert.Equal(Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"many:{i}")), End(events));
        Engine.Run(["rmi", .. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"many:{i}"))]).ShouldSucceed();
    }

    [Fact]
    public void Without_listeners_the_log_stays_small()
    {
        var large = new string('x', 60_000);
        for (var i = 0; i < 30; i++)
        {
            Engine.RunRm("--net", "none", "--label", $"big={large}", "busybox", "true");
        }

        var bytes = Directory.GetFiles(Path.Combine(Engine.RunRoot, "events"), "log*").Sum(f => new FileInfo(f).Length);
        Assert.InRange(bytes, 1, 3 << 20);
    }

    [Fact]
    public void A_hundred_runs_at_once_are_all_told_of_and_no_line_is_mixed_with_another()
    {
        using var events = Listen("--format", "json");

        Parallel.For(0, 100, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            Engine.RunRm("--net", "none", "--name", string.Create(CultureInfo.InvariantCulture, $"c{i}"), "busybox", "true"));

        var seen = End(events).Select(line => JsonDocument.Parse(line).RootElement)
            .GroupBy(e => e.GetProperty("Actor").GetProperty("Attributes").GetProperty("name").GetString()!)
            .ToDictionary(g => g.Key, g => string.Join(' ', g.Select(e => e.GetProperty("Action").GetString())));
        Assert.Equal(100, seen.Count);
        Assert.All(seen.Values, actions => Assert.Equal("create attach start die destroy", actions));
    }

    [Fact]
    public void The_end_of_its_reader_ends_a_listener()
    {
        var line = $"{Minidock.Binary} --root {Engine.Root} --run-root {Engine.RunRoot} events | head -n 1";
        using var piped = RunningCommand.Start("sh", ["-c", line]);
        Eventually.True(() => File.Exists(Path.Combine(Engine.RunRoot, "events/listening")), "it listens");

        Engine.RunRm("--net", "none", "busybox", "true");

        Assert.Contains("container create", piped.Wait().ShouldSucceed().Stdout);
    }

    [Theory]
    [InlineData("--filter", "color=blue")]
    [InlineData("--since", "yesterday")]
    [InlineData("--format", "{{.Action")]
    public void A_wrong_value_is_refused(string flag, string value) => Engine.Run("events", flag, value).ShouldExit(1);

    [Fact]
    public void Text_of_a_container_cannot_steer_the_terminal()
    {
        Engine.RunRm("--net", "none", "--label", "evil=\u001b[2J", "busybox", "true");

        Assert.DoesNotContain("\u001b", Engine.Run("events", "--since", "1h", "--until", "0s").ShouldSucceed().Stdout);
    }

    private RunningCommand Listen(params string[] arguments)
    {
        var mark = Path.Combine(Engine.RunRoot, "events/listening");
        Assert.False(File.Exists(mark));
        var events = Engine.Start(["events", .. arguments]);
        Eventually.True(() => File.Exists(mark), "it listens");
        return events;
    }

    // What was told before the interruption is printed first.
    private static string[] End(RunningCommand events)
    {
        events.Signal("INT");
        return events.Wait().ShouldExit(130).Lines;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}([+-]\d\d:\d\d|Z) container [a-z]+ [0-9a-f]{64} \(.*\)$")]
    private static partial Regex LinePattern();
}
