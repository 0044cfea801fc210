using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Cgroups;

/// <summary>Freezing containers, on whichever version this host has.</summary>
public sealed class PauseTests(MinidockFixture fixture) : LifeTest(fixture)
{
    private const string Counts = "i=0; while :; do i=$((i + 1)); echo $i > /count; done";

    [Fact]
    public void A_paused_container_stands_still_and_goes_on_where_it_was()
    {
        var view = Counting("zion");
        Assert.Equal("zion", Engine.Run("pause", "zion").ShouldSucceed().Text);
        Assert.Equal("paused true true", Inspect("zion", "{{.State.Status}} {{.State.Running}} {{.State.Paused}}"));
        Assert.Contains("(Paused)", Engine.Run("ps").Stdout);
        Assert.Equal("zion", Engine.Run("ps", "--filter", "status=paused", "--format", "{{.Names}}").Text);

        // Its processor time is what does not lie: it stays the same over whatever time two commands take.
        var used = view.Proc("stat").Split(' ')[13..15];
        Assert.Equal("paused", Inspect("zion", "{{.State.Status}}"));
        Assert.Equal(used, view.Proc("stat").Split(' ')[13..15]);

        Engine.Run("unpause", "zion").ShouldSucceed();
        Eventually.True(() => !used.SequenceEqual(view.Proc("stat").Split(' ')[13..15]), "it goes on");
        Assert.Equal("running false", Inspect("zion", "{{.State.Status}} {{.State.Paused}}"));
    }

    [Fact]
    public void What_cannot_be_paused_or_unpaused_is_told_and_the_others_are()
    {
        Counting("zion");
        Counting("moon");
        Engine.Run("create", "--net", "none", "--name", "idle", "busybox", "true").ShouldSucceed();

        Assert.Contains("is not paused", Engine.Run("unpause", "zion").ShouldExit(1).Stderr);
        var mixed = Engine.Run("pause", "idle", "zion", "nobody", "moon").ShouldExit(1);
        Assert.Equal(["zion", "moon"], mixed.Lines);
        Assert.Contains("container idle: ESRCH (is not running)", mixed.Stderr);
        Assert.Contains("container nobody: ENOENT", mixed.Stderr);
        Assert.Contains("is already paused", Engine.Run("pause", "zion").ShouldExit(1).Stderr);
    }

    [Theory]
    [InlineData("exec zion true", "unpause zion")]
    [InlineData("attach zion", "unpause zion")]
    [InlineData("start zion", "unpause zion")]
    [InlineData("rm zion", "is paused")]
    public void What_a_paused_container_cannot_do_is_refused(string command, string says)
    {
        Counting("zion");
        Engine.Run("pause", "zion").ShouldSucceed();

        Assert.Contains(says, Engine.Run(command.Split(' ')).ShouldExit(1).Stderr);
        Assert.Equal("paused", Inspect("zion", "{{.State.Status}}"));
    }

    [Fact]
    public void The_log_of_a_paused_container_can_be_read()
    {
        Run("zion", "busybox", "sh", "-c", "echo said; exec sleep 1000");
        Eventually.True(() => Engine.Run("logs", "zion").Text == "said", "it has spoken");
        Engine.Run("pause", "zion").ShouldSucceed();

        Assert.Equal("said", Engine.Run("logs", "zion").ShouldSucceed().Text);
    }

    [Fact]
    public void A_paused_container_hears_its_stop_signal()
    {
        Run("zion", "busybox", "sh", "-c", "trap 'exit 5' TERM; echo ready; while :; do sleep 0.05; done");
        Eventually.True(() => Engine.Run("logs", "zion").Text == "ready", "the trap is set");
        Engine.Run("pause", "zion").ShouldSucceed();

        Engine.Run("stop", "zion").ShouldSucceed();
        Assert.Equal("exited 5", Inspect("zion", "{{.State.Status}} {{.State.ExitCode}}"));
    }

    [Fact]
    public void A_paused_container_is_killed_restarted_and_removed()
    {
        Counting("zion");
        Engine.Run("pause", "zion").ShouldSucceed();
        Engine.Run("kill", "zion").ShouldSucceed();
        Assert.Equal("137", Engine.Run("wait", "zion").Text);

        Engine.Run("start", "zion").ShouldSucceed();
        Engine.Run("pause", "zion").ShouldSucceed();
        Engine.Run("restart", "-t", "0", "zion").ShouldSucceed();
        Assert.Equal("running", Inspect("zion", "{{.State.Status}}"));

        Engine.Run("pause", "zion").ShouldSucceed();
        Engine.Run("rm", "-f", "zion").ShouldSucceed();
        Assert.Empty(Engine.Run("ps", "-aq").Text);
    }

    [Fact]
    public void A_signal_that_does_not_end_a_paused_container_waits_for_it_to_go_on()
    {
        Run("zion", "--stop-signal", "INT", "busybox", "sh", "-c", "trap 'exit 7' USR1; echo ready; while :; do sleep 0.05; done");
        Eventually.True(() => Engine.Run("logs", "zion").Text == "ready", "the trap is set");
        Engine.Run("pause", "zion").ShouldSucceed();

        Engine.Run("kill", "-s", "USR1", "zion").ShouldSucceed();
        Assert.Equal("paused", Inspect("zion", "{{.State.Status}}"));
        Engine.Run("unpause", "zion").ShouldSucceed();
        Assert.Equal("7", Engine.Run("wait", "zion").Text);
    }

    [Fact]
    public void A_paused_container_whose_monitor_is_killed_is_cleaned_up()
    {
        var view = Counting("zion");
        Engine.Run("pause", "zion").ShouldSucceed();
        HostCommand.Run("kill", "-9", view.Proc("status").Split('\n').Single(l => l.StartsWith("PPid:", StringComparison.Ordinal))[5..].Trim()).ShouldSucceed();

        WaitForStatus("zion", "exited");
        Assert.Equal("137", Inspect("zion", "{{.State.ExitCode}}"));
        Engine.Run("start", "zion").ShouldSucceed();
        Assert.Equal("running", Inspect("zion", "{{.State.Status}}"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_pause_that_is_killed_in_the_middle_leaves_a_container_that_can_be_used_and_removed(int record)
    {
        Counting("zion");
        Engine.Variables["MINIDOCK_FAULT_AT_RECORD"] = $"{record}";
        Engine.Run("pause", "zion").ShouldExit(137);
        Engine.Variables.Clear();

        if (Inspect("zion", "{{.State.Status}}") == "paused")
        {
            Engine.Run("unpause", "zion").ShouldSucceed();
        }

        Engine.Run("exec", "zion", "true").ShouldSucceed();
        Engine.Run("pause", "zion").ShouldSucceed();
        Engine.Run("stop", "-t", "0", "zion").ShouldSucceed();
    }

    [Fact]
    public void A_paused_fork_bomb_is_removed_whole()
    {
        Run("zion", "--pids-limit", "50", "busybox", "sh", "-c", "f() { f & f & wait; }; f 2> /dev/null & echo armed; exec sleep 1000");
        Eventually.True(() => Engine.Run("logs", "zion").Text == "armed", "the bomb is at work");
        Engine.Run("pause", "zion").ShouldSucceed();

        Engine.Run("rm", "-f", "zion").ShouldSucceed();
        Assert.Empty(Engine.Run("ps", "-aq").Text);
    }

    [Fact]
    public void A_container_in_the_foreground_is_paused_too_and_killed_with_its_command()
    {
        using var run = Engine.Start("run", "--rm", "--name", "front", "--net", "none", "busybox", "sh", "-c", Counts);
        ContainerView.Of(Engine, "front");
        Engine.Run("pause", "front").ShouldSucceed();
        run.Signal("KILL");

        Eventually.True(() => Engine.Run("ps", "-aq").ShouldSucceed().Text.Length == 0, "it is gone");
    }

    private ContainerView Counting(string name)
    {
        Run(name, "busybox", "sh", "-c", Counts);
        return ContainerView.Of(Engine, name);
    }
}
