using System.Globalization;
using System.Text.Json;
using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Hooks;

/// <summary>Row 45 of the capabilities: commands of the host around a container's life.</summary>
public sealed class HookTests(MinidockFixture fixture) : LifeTest(fixture)
{
    private string Witness => Path.Combine(Scratch, "witness");

    [Fact]
    public void A_pre_start_hook_sees_the_namespaces_and_is_done_before_the_program_begins()
    {
        var shared = Directory.CreateDirectory(Path.Combine(Scratch, "shared")).FullName;
        var hook = $"cat > {Witness}; readlink /proc/$(sed 's/.*\"pid\":\\([0-9]*\\).*/\\1/' {Witness})/ns/uts > {Witness}.uts; sleep 0.3; echo done > {shared}/done";

        var outcome = Engine.RunRm("--name", "zion", "-v", $"{shared}:/shared", "--annotation", "color=blue", "--hook-pre-start", hook, "busybox",
            "sh", "-c", "cat /shared/done; readlink /proc/self/ns/uts");

        using var state = JsonDocument.Parse(File.ReadAllText(Witness));
        Assert.Equal("zion", state.RootElement.GetProperty("name").GetString());
        Assert.Equal("created", state.RootElement.GetProperty("status").GetString());
        Assert.Equal("blue", state.RootElement.GetProperty("annotations").GetProperty("color").GetString());
        Assert.Equal(64, state.RootElement.GetProperty("id").GetString()!.Length);
        Assert.Equal(["done", File.ReadAllText(Witness + ".uts").Trim()], outcome.Lines);
    }

    [Theory]
    [InlineData("--rm")]
    [InlineData("-d")]
    public void A_pre_start_hook_that_fails_fails_the_start_and_leaves_nothing(string how)
    {
        var outcome = Engine.Run("run", how, "--name", "zion", "--hook-pre-start", "echo no luck; exit 7", "busybox", "touch", "/ran").ShouldExit(125);

        Assert.Contains("pre-start hook 'echo no luck; exit 7': exit code 7", outcome.Stderr);
        Assert.Contains("no luck", outcome.Stderr);
        Assert.Equal("", Engine.Run("ps", "-q").ShouldSucceed().Text);
    }

    [Fact]
    public void A_post_stop_hook_runs_after_the_end_with_the_state_and_finds_no_process_of_the_container()
    {
        var outcome = Engine.RunRm("--name", "zion", "--hook-post-stop", $"cat > {Witness}; echo $MINIDOCK_CONTAINER_NAME >> {Witness}.name", "busybox", "sh", "-c", "exit 0");

        Assert.Equal("", outcome.Stderr);
        using var state = JsonDocument.Parse(File.ReadAllText(Witness));
        Assert.Equal("stopped", state.RootElement.GetProperty("status").GetString());
        Assert.False(state.RootElement.TryGetProperty("pid", out _));
        Assert.Equal("zion\n", File.ReadAllText(Witness + ".name"));
    }

    [Fact]
    public void A_detached_container_has_its_hooks_around_each_of_its_runs()
    {
        Run("zion", "--restart", "on-failure:1", "--hook-pre-start", $"echo pre >> {Witness}", "--hook-post-stop", $"echo post >> {Witness}", "busybox", "false");

        Engine.Run("wait", "zion").ShouldSucceed();

        Assert.Equal("pre post pre post", File.ReadAllText(Witness).Trim().Replace('\n', ' '));
    }

    [Fact]
    public void Commands_of_the_host_and_commands_inside_go_around_a_shell()
    {
        var outcome = Engine.RunWithInput(
            "echo work $$; exit\n",
            "run", "--rm", "-i", "--net", "none", "--hook-pre-start", $"echo host before >> {Witness}", "--hook-post-stop", $"echo host after >> {Witness}",
            "busybox", "sh", "-c", "echo rcS $$; sh; echo rcK").ShouldSucceed();

        Assert.Equal("rcS 1", outcome.Lines[0]);
        Assert.StartsWith("work ", outcome.Lines[1]);
        Assert.Equal("rcK", outcome.Lines[2]);
        Assert.Equal("host before\nhost after\n", File.ReadAllText(Witness));
    }

    [Fact]
    public void Several_hooks_run_in_the_order_given()
    {
        Engine.RunRm(
            "--hook-pre-start", $"echo 1 >> {Witness}", "--hook-pre-start", $"echo 2 >> {Witness}",
            "--hook-post-stop", $"echo 3 >> {Witness}", "--hook-post-stop", $"echo 4 >> {Witness}", "busybox", "true");

        Assert.Equal("1 2 3 4", File.ReadAllText(Witness).Trim().Replace('\n', ' '));
    }

    [Fact]
    public void A_post_stop_hook_runs_once_by_recovery_where_the_monitor_was_killed()
    {
        Run("zion", "--hook-post-stop", $"echo post >> {Witness}", "busybox", "sleep", "1000");
        var monitor = ContainerView.Of(Engine, "zion").Proc("status").Split('\n').Single(l => l.StartsWith("PPid:", StringComparison.Ordinal))["PPid:".Length..].Trim();

        HostCommand.Run("kill", "-9", monitor).ShouldSucceed();
        Eventually.True(() => Inspect("zion", "{{.State.Status}}") == "exited", "recovery has seen its end");
        Engine.Run("ps", "-a").ShouldSucceed();

        Assert.Equal("post\n", File.ReadAllText(Witness));
    }

    [Fact]
    public void A_post_stop_hook_runs_where_the_pre_start_hook_failed_and_its_own_failure_keeps_nothing()
    {
        var outcome = Engine.Run(
            "run", "--rm", "--hook-pre-start", "false", "--hook-post-stop", $"echo post >> {Witness}; exit 3", "busybox", "true").ShouldExit(125);

        Assert.Contains("pre-start hook 'false': exit code 1", outcome.Stderr);
        Assert.Contains("exit code 3", outcome.Stderr);
        Assert.Equal("post\n", File.ReadAllText(Witness));
        Assert.Equal("", Engine.Run("ps", "-aq").ShouldSucceed().Text);
    }

    [Fact]
    public void A_failed_post_stop_hook_of_a_detached_container_is_told_by_inspect()
    {
        Run("zion", "--hook-post-stop", "exit 3", "busybox", "true");
        Engine.Run("wait", "zion").ShouldSucceed();

        Assert.Contains("post-stop hook 'exit 3': exit code 3", Inspect("zion", "{{.State.Error}}"));
        Assert.Equal("0", Inspect("zion", "{{.State.ExitCode}}"));
    }

    [Fact]
    public void An_image_cannot_bring_hooks()
    {
        Engine.Run("import", BusyboxTar.Path, "hostile", "--change", $"LABEL hook-pre-start=\"touch {Witness}\"", "--change", $"LABEL org.opencontainers.hooks=\"touch {Witness}\"").ShouldSucceed();

        Engine.RunRm("hostile", "true");

        Assert.False(File.Exists(Witness));
    }

    [Fact]
    public void The_hooks_are_steps_of_the_plan()
    {
        var plan = Engine.Run("run", "--dry-run", "--hook-pre-start", "ip link", "--hook-post-stop", "it's over", "busybox", "true").ShouldSucceed().Stdout;

        Assert.Contains("hook.pre-start.0", plan);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"sh -c 'it'\\''s over'"), plan);
    }

    protected override void TearDown()
    {
        base.TearDown();
        foreach (var file in Directory.EnumerateFiles(Scratch))
        {
            File.Delete(file);
        }
    }
}
