using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Life;

public sealed class AttachTests(MinidockFixture fixture) : LifeTest(fixture)
{
    [Fact]
    public void Everything_that_several_clients_type_reaches_the_container_and_all_see_its_output()
    {
        Run("zion", "-i", "busybox", "sh", "-c", "read a; echo got $a; read b; echo got $b");
        using var first = Engine.Start("attach", "zion");
        using var second = Engine.Start("attach", "zion");

        first.Write("one\n");
        first.WaitForOutput("got one");
        second.Write("two\n");

        Assert.Contains("got two", first.Wait().ShouldSucceed().Stdout);
        Assert.Contains("got two", second.Wait().ShouldSucceed().Stdout);
    }

    [Fact]
    public void Start_with_attach_misses_no_output_and_ends_with_the_exit_code()
    {
        Engine.Run("create", "--net", "none", "--name", "zion", "busybox", "sh", "-c", "echo out; echo err >&2; exit 4").ShouldSucceed();

        var outcome = Engine.Run("start", "-a", "zion").ShouldExit(4);
        Assert.Equal("out\n", outcome.Stdout);
        Assert.Equal("err\n", outcome.Stderr);
    }

    [Fact]
    public void Input_from_a_pipe_reaches_the_container_with_its_end()
    {
        Engine.Run("create", "-i", "--net", "none", "--name", "zion", "busybox", "wc", "-c").ShouldSucceed();

        Assert.Equal("200000", Engine.RunWithInput(new string('x', 200_000), "start", "-ai", "zion").ShouldSucceed().Text);
    }

    [Fact]
    public void The_detach_keys_leave_the_container_running()
    {
        Run("zion", "-it", "busybox", "sh");
        using var terminal = Terminal("attach zion");
        terminal.Write("echo $((40 + 2))\r");
        terminal.WaitForOutput("42");
        terminal.Write("\u0010\u0011");

        terminal.Wait().ShouldSucceed();
        Assert.Equal("running", Inspect("zion", "{{.State.Status}}"));
    }

    [Fact]
    public void A_container_that_does_not_run_cannot_be_attached_to()
    {
        Engine.Run("create", "--net", "none", "--name", "zion", "busybox", "true").ShouldSucceed();

        Assert.Contains("minidock start zion", Engine.Run("attach", "zion").ShouldExit(1).Stderr);
    }

    // script(1) is the terminal that a user would sit at.
    private RunningCommand Terminal(string command) => RunningCommand.Start(
        "script", ["-qec", $"{Minidock.Binary} --root {Engine.Root} --run-root {Engine.RunRoot} {command}", "/dev/null"], RunningCommand.KeepOpen);
}
