using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Life;

public sealed class DetachedTests(MinidockFixture fixture) : LifeTest(fixture)
{
    [Fact]
    public void A_detached_container_prints_its_id_and_goes_on()
    {
        var id = Run("zion", "busybox", "sleep", "1000");

        Assert.Matches("^[0-9a-f]{64}$", id);
        var view = ContainerView.Of(Engine, "zion");
        Assert.Equal("sleep", view.Proc("comm").Trim());
        Assert.NotEqual(ContainerView.HostNamespace("pid"), view.Namespace("pid"));
        Assert.Equal(id[..12], Engine.Run("ps", "-q").Text);
    }

    [Fact]
    public void The_exit_code_is_waited_for_and_kept()
    {
        Run("zion", "busybox", "sh", "-c", "sleep 0.2; exit 7");

        Assert.Equal("7", Engine.Run("wait", "zion").ShouldSucceed().Text);
        Assert.Equal("exited 7", Inspect("zion", "{{.State.Status}} {{.State.ExitCode}}"));
        Assert.Equal("7", Engine.Run("wait", "zion").ShouldSucceed().Text);
    }

    [Fact]
    public void Stop_asks_first_and_the_container_may_end_by_itself()
    {
        Run("zion", "busybox", "sh", "-c", "trap 'echo asked; exit 5' TERM; echo ready; while :; do sleep 0.05; done");
        Eventually.True(() => Engine.Run("logs", "zion").Text == "ready", "the trap is set");

        Engine.Run("stop", "zion").ShouldSucceed();

        Assert.Equal("exited 5", Inspect("zion", "{{.State.Status}} {{.State.ExitCode}}"));
        Assert.Equal(["ready", "asked"], Engine.Run("logs", "zion").Lines);
    }

    [Fact]
    public void Stop_kills_a_container_that_does_not_listen()
    {
        Run("zion", "busybox", "sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.05; done");
        Eventually.True(() => Engine.Run("logs", "zion").Text == "ready", "the trap is set");

        Engine.Run("stop", "-t", "0", "zion").ShouldSucceed();

        Assert.Equal("137", Inspect("zion", "{{.State.ExitCode}}"));
    }

    [Fact]
    public void A_created_container_runs_when_it_is_started_and_again()
    {
        var id = Engine.Run("create", "--net", "none", "--name", "zion", "busybox", "echo", "hello").ShouldSucceed().Text;
        Assert.Equal("created", Inspect("zion", "{{.State.Status}}"));

        Assert.Equal("zion", Engine.Run("start", "zion").ShouldSucceed().Text);
        Engine.Run("wait", id).ShouldSucceed();
        Engine.Run("start", "zion").ShouldSucceed();
        Engine.Run("wait", id).ShouldSucceed();

        Assert.Equal(["hello", "hello"], Engine.Run("logs", "zion").Lines);
    }

    [Fact]
    public void What_a_container_wrote_to_its_root_is_there_when_it_is_started_again()
    {
        Run("zion", "busybox", "sh", "-c", "cat /kept; echo once >> /kept");
        Engine.Run("wait", "zion").ShouldSucceed();
        Engine.Run("start", "zion").ShouldSucceed();
        Engine.Run("wait", "zion").ShouldSucceed();

        Assert.Equal(["once"], Engine.Run("logs", "zion").Lines.Where(l => !l.StartsWith("cat", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_command_that_is_not_there_is_told_at_once_with_127()
    {
        var outcome = Engine.Run("run", "-d", "--rm", "--net", "none", "busybox", "/no/such/program").ShouldExit(127);

        Assert.Contains("/no/such/program", outcome.Stderr);
        Assert.Empty(outcome.Stdout);
    }

    [Fact]
    public void A_detached_container_with_rm_is_gone_when_it_has_ended()
    {
        Run("zion", "--rm", "busybox", "sh", "-c", "sleep 0.2; exit 3");

        Assert.Equal("3", Engine.Run("wait", "zion").ShouldSucceed().Text);
        Engine.Run("inspect", "zion").ShouldExit(1);
    }

    [Fact]
    public void A_running_container_is_removed_only_by_force()
    {
        Run("zion", "busybox", "sleep", "1000");

        Assert.Contains("rm -f", Engine.Run("rm", "zion").ShouldExit(1).Stderr);
        Engine.Run("rm", "-f", "zion").ShouldSucceed();
        Assert.Empty(Engine.Run("ps", "-aq").Text);
    }

    [Fact]
    public void A_renamed_container_answers_to_its_new_name_only()
    {
        Run("zion", "busybox", "sleep", "1000");

        Engine.Run("rename", "zion", "moon").ShouldSucceed();

        Engine.Run("inspect", "zion").ShouldExit(1);
        Assert.Equal("/moon", Inspect("moon", "{{.Name}}"));
    }

    [Fact]
    public void A_container_that_was_renamed_takes_its_new_name_with_it()
    {
        using var run = Engine.Start("run", "--rm", "-i", "--name", "zion", "--net", "none", "busybox", "cat");
        WaitForStatus("zion", "running");
        Engine.Run("rename", "zion", "moon").ShouldSucceed();

        run.CloseStdin();
        run.Wait().ShouldSucceed();

        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(Engine.Root, "names")));
    }

    [Fact]
    public void Kill_sends_the_signal_that_is_asked_for()
    {
        Run("zion", "busybox", "sh", "-c", "trap 'echo got it; exit 0' USR1; echo ready; while :; do sleep 0.05; done");
        Eventually.True(() => Engine.Run("logs", "zion").Text == "ready", "the trap is set");

        Engine.Run("kill", "-s", "USR1", "zion").ShouldSucceed();
        Engine.Run("wait", "zion").ShouldSucceed();

        Assert.Equal(["ready", "got it"], Engine.Run("logs", "zion").Lines);
        Engine.Run("kill", "zion").ShouldExit(1);
    }
}
