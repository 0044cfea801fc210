using System.Text.Json;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Capabilities;

public sealed class ExplainTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    [Fact]
    public void A_dry_run_prints_the_plan_and_starts_nothing()
    {
        var outcome = Engine.Run("run", "--explain", "--dry-run", "--name", "c1", "--mem", "100M", "busybox", "touch", "/never").ShouldSucceed();
        Assert.Contains("clone", outcome.Stdout + outcome.Stderr);
        Assert.Contains("pivot_root", outcome.Stdout + outcome.Stderr);
        Assert.Empty(Engine.Run("ps", "-aq").ShouldSucceed().Text);
    }

    [Fact]
    public void An_explained_run_still_runs() =>
        Assert.Contains("hello", Engine.RunRm("--explain", "busybox", "echo", "hello").Stdout);

    [Fact]
    public void The_plan_is_told_as_json_too()
    {
        var outcome = Engine.Run("run", "--explain=json", "--dry-run", "busybox", "true").ShouldSucceed();
        using var plan = JsonDocument.Parse(outcome.Stdout);
        Assert.NotEqual(JsonValueKind.Null, plan.RootElement.ValueKind);
    }

    [Fact]
    public void A_trace_tells_what_each_step_took_and_the_process_id()
    {
        var outcome = Engine.RunRm("--trace", "busybox", "echo", "hello");
        Assert.Equal("hello", outcome.Text);
        Assert.Contains("clone", outcome.Stderr);
        Assert.Matches(@"pid\W+\d+", outcome.Stderr);
        Assert.Matches(@"\d ?(ms|µs)", outcome.Stderr);
    }
}
