using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Terminal;

namespace MiniDock.Tests.Integration.Life;

/// <summary>Runs in the foreground, seen from other commands.</summary>
public sealed class ForegroundTests(MinidockFixture fixture) : LifeTest(fixture)
{
    [Fact]
    public void What_a_container_writes_that_stays_is_logged_and_comes_out_all_the_same()
    {
        var outcome = Engine.Run("run", "--net", "none", "--name", "zion", "busybox", "sh", "-c", "echo out; echo err >&2; printf end").ShouldSucceed();

        Assert.Equal("out\nend", outcome.Stdout);
        Assert.Equal("err\n", outcome.Stderr);
        var logs = Engine.Run("logs", "zion").ShouldSucceed();
        Assert.Equal("out\nend", logs.Stdout);
        Assert.Equal("err\n", logs.Stderr);
    }

    [Fact]
    public void Its_log_is_followed_while_it_runs()
    {
        using var running = Engine.Start("run", "-i", "--net", "none", "--name", "zion", "busybox", "cat");
        running.Write("hello\n");
        running.WaitForOutput("hello");
        using var logs = Engine.Start("logs", "-f", "zion");
        logs.WaitForOutput("hello");

        running.Write("world\n");
        logs.WaitForOutput("world");
        running.CloseStdin();

        running.Wait().ShouldSucceed();
        Assert.Equal(["hello", "world"], logs.Wait().ShouldSucceed().Lines);
    }

    [Fact]
    public void A_megabyte_comes_through_unchanged_on_both_ways()
    {
        const string script = "i=0; while [ $i -lt 20000 ]; do echo line $i of a long text that is written to the log too; i=$((i+1)); done";
        var outcome = Engine.Run("run", "--net", "none", "--name", "zion", "busybox", "sh", "-c", script).ShouldSucceed();

        Assert.Equal(20000, outcome.Lines.Length);
        Assert.Equal(outcome.Stdout, Engine.Run("logs", "zion").ShouldSucceed().Stdout);
    }

    [Fact]
    public void A_reader_that_goes_away_does_not_hold_the_container_up()
    {
        const string script = "i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done; exit 4";
        var line = $"{{ {Minidock.Binary} --root {Engine.Root} --run-root {Engine.RunRoot} run --net none --name zion busybox sh -c '{script}'; echo $? >&2; }} | head -n 1";
        var outcome = HostCommand.Run("sh", "-c", line).ShouldSucceed();

        Assert.Equal("line 0\n", outcome.Stdout);
        Assert.Equal("4\n", outcome.Stderr);
        Assert.Equal(20000, Engine.Run("logs", "zion").ShouldSucceed().Lines.Length);
    }

    [Fact]
    public void A_terminal_is_logged_too()
    {
        using (var terminal = new TmuxTerminal())
        {
            terminal.Enter($"{Minidock.Binary} --root {Engine.Root} --run-root {Engine.RunRoot} run -it --net none --name zion busybox sh -c 'echo sh''own; read x; echo got $x'");
            terminal.WaitFor("shown");
            terminal.Enter("tea");
            terminal.WaitFor("got tea");
        }

        WaitForStatus("zion", "exited");
        Assert.Contains("got tea", Engine.Run("logs", "zion").ShouldSucceed().Stdout);
    }

    [Fact]
    public void Nothing_is_kept_where_the_log_driver_is_none()
    {
        Engine.Run("run", "--net", "none", "--name", "zion", "--log-driver", "none", "busybox", "echo", "out").ShouldSucceed();

        Assert.Contains("log driver is none", Engine.Run("logs", "zion").ShouldExit(1).Stderr);
    }

    [Fact]
    public void Nobody_can_attach_to_it_and_is_told_what_else_there_is()
    {
        using var running = Engine.Start("run", "--rm", "-i", "--net", "none", "--name", "zion", "busybox", "cat");
        ContainerView.Of(Engine, "zion");

        var refused = Engine.Run("attach", "zion").ShouldExit(1);

        Assert.Contains("zion: ENOTSUP (it runs in the foreground of another command)", refused.Stderr);
        Assert.Contains("minidock exec", refused.Stderr);
        running.CloseStdin();
        running.Wait().ShouldSucceed();
    }
}
