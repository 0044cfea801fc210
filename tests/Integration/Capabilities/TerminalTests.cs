using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Capabilities;

public sealed class TerminalTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    [Fact]
    public void Control_C_reaches_the_command_and_ends_it_with_130()
    {
        // script(1) is the terminal that a user would sit at.
        var command = $"{Minidock.Binary} --root {Engine.Root} --run-root {Engine.RunRoot} run --rm -it --name c1 busybox sleep 1000";
        using var terminal = RunningCommand.Start("script", ["-qec", command, "/dev/null"], RunningCommand.KeepOpen);
        var view = ContainerView.Of(Engine, "c1");
        Eventually.True(() => view.Proc("comm").Trim() == "sleep", "the command runs");
        terminal.Write("\u0003");
        terminal.Wait().ShouldExit(130);
    }

    [Fact]
    public void The_command_has_a_terminal_only_if_asked_for()
    {
        var command = $"{Minidock.Binary} --root {Engine.Root} --run-root {Engine.RunRoot} run --rm -t busybox tty";
        Assert.Matches("^/dev/(console|pts/0)$", HostCommand.Run("script", "-qec", command, "/dev/null").ShouldSucceed().Text);
        Assert.Equal("not a tty", Engine.Run("run", "--rm", "busybox", "tty").Text);
    }
}
