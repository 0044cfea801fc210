using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Life;

public sealed class RestartTests(MinidockFixture fixture) : LifeTest(fixture)
{
    [Fact]
    public void On_failure_starts_again_as_often_as_it_says_and_no_more()
    {
        Run("zion", "--restart", "on-failure:2", "busybox", "sh", "-c", "echo run; exit 9");

        Assert.Equal("9", Engine.Run("wait", "zion").ShouldSucceed().Text);
        Assert.Equal(["run", "run", "run"], Engine.Run("logs", "zion").Lines);
        Assert.Equal("exited 9", Inspect("zion", "{{.State.Status}} {{.State.ExitCode}}"));
    }

    [Fact]
    public void On_failure_leaves_a_success_alone()
    {
        Run("zion", "--restart", "on-failure", "busybox", "echo", "run");

        Engine.Run("wait", "zion").ShouldSucceed();
        Assert.Equal(["run"], Engine.Run("logs", "zion").Lines);
    }

    [Fact]
    public void Always_starts_again_until_it_is_stopped()
    {
        Run("zion", "--restart", "always", "busybox", "sh", "-c", "echo run; sleep 0.1");
        Eventually.True(() => Engine.Run("logs", "zion").Lines.Length >= 3, "it has run three times");

        Engine.Run("stop", "zion").ShouldSucceed();

        WaitForStatus("zion", "exited");
        var runs = Engine.Run("logs", "zion").Lines.Length;
        Engine.Run("ps", "-q").ShouldSucceed();
        Assert.Equal(runs, Engine.Run("logs", "zion").Lines.Length);
    }

    [Fact]
    public void Restart_stops_and_starts_a_container()
    {
        Run("zion", "busybox", "sleep", "1000");
        var before = ContainerView.Of(Engine, "zion").Pid;

        Engine.Run("restart", "-t", "0", "zion").ShouldSucceed();

        Assert.NotEqual(before, ContainerView.Of(Engine, "zion").Pid);
        Assert.Equal("running", Inspect("zion", "{{.State.Status}}"));
    }

    [Fact]
    public void Restart_and_rm_exclude_each_other() =>
        Engine.Run("run", "-d", "--rm", "--restart", "always", "busybox", "true").ShouldExit(125);
}
