using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Terminal;

public sealed class InteractiveTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    private string Command => $"{Minidock.Binary} --root {Engine.Root} --run-root {Engine.RunRoot} run --rm -it --net none";

    private static void WaitForPrompt(TmuxTerminal terminal) => terminal.WaitFor("/ # ");

    [Fact]
    public void Control_C_ends_a_program_that_is_process_1_and_has_no_handler()
    {
        using var terminal = new TmuxTerminal();
        terminal.Enter($"{Command} busybox sh -c 'echo st''arted; exec sleep 1000'; echo code=$?");
        terminal.WaitFor("started");
        terminal.Press("C-c");
        terminal.WaitFor("code=130");
    }

    [Fact]
    public void Control_backslash_ends_it_too()
    {
        using var terminal = new TmuxTerminal();
        terminal.Enter($"{Command} busybox sh -c 'echo st''arted; exec sleep 1000'; echo code=$?");
        terminal.WaitFor("started");
        terminal.Press("C-\\");
        terminal.WaitFor("code=131");
    }

    [Fact]
    public void A_handler_of_process_1_gets_control_C()
    {
        using var terminal = new TmuxTerminal();
        terminal.Enter($"{Command} busybox sh -c 'trap \"echo ca''ught; exit 5\" INT; echo st''arted; while :; do sleep 1; done'; echo code=$?");
        terminal.WaitFor("started");
        terminal.Press("C-c");
        terminal.WaitFor("caught");
        terminal.WaitFor("code=5");
    }

    [Fact]
    public void Keys_act_on_the_job_in_the_container_and_not_on_the_engine()
    {
        using var terminal = new TmuxTerminal();
        terminal.Enter($"{Command} busybox sh; echo code=$?");
        WaitForPrompt(terminal);
        terminal.Enter("sleep 1000");
        terminal.Press("C-z");
        terminal.WaitFor("Stopped");
        terminal.Enter("kill -9 %1; echo re''ading; cat");
        terminal.WaitFor("reading");
        terminal.Press("C-\\");
        terminal.WaitFor("Quit");
        terminal.Enter("echo go''ing; cat; echo e''nd");
        terminal.WaitFor("going");
        terminal.Press("C-d");
        terminal.WaitFor("end");
        terminal.Enter("exit 7");
        terminal.WaitFor("code=7");
    }

    [Fact]
    public void The_container_sees_the_size_of_the_terminal_and_its_changes()
    {
        using var terminal = new TmuxTerminal(columns: 91, rows: 33);
        terminal.Enter($"{Command} busybox sh; echo le''ft $?");
        WaitForPrompt(terminal);
        Assert.Equal("33 91", terminal.Run("stty size"));
        terminal.Resize(70, 20);
        Eventually.True(() => terminal.Run("stty size") == "20 70", "the container's terminal has the new size");
        terminal.Enter("exit");
        terminal.WaitFor("left 0");
    }

    [Fact]
    public void The_terminal_is_as_before_however_the_run_ends()
    {
        using var terminal = new TmuxTerminal();
        var before = terminal.Run("stty -g");
        foreach (var (command, code) in new[] { ("true", 0), ("nosuch", 127), ("sh -c 'kill -9 -1; exit 3'", 3) })
        {
            Assert.EndsWith($"code={code}", terminal.Run($"{Command} busybox {command}; echo code=$?"));
            Assert.Equal(before, terminal.Run("stty -g"));
        }
    }

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    [InlineData("INT", 130)]
    public void The_terminal_is_as_before_when_a_signal_ends_the_engine(string signal, int code)
    {
        using var terminal = new TmuxTerminal();
        var before = terminal.Run("stty -g");
        terminal.Enter($"{Command} --name c1 busybox sh -c 'echo st''arted; exec sleep 1000'; echo code=$?");
        terminal.WaitFor("started");
        var engine = HostProcesses.Of(Engine.Root).First(p => p.Value.Contains("run --rm -it", StringComparison.Ordinal)).Key;
        HostCommand.Run("kill", "-s", signal, $"{engine}").ShouldSucceed();
        terminal.WaitFor($"code={code}");
        Assert.Equal(before, terminal.Run("stty -g"));
    }

    [Fact]
    public void A_run_is_detached_from_and_attached_to_again()
    {
        using var terminal = new TmuxTerminal();
        var before = terminal.Run("stty -g");
        terminal.Enter($"{Command} --name c1 --detach-keys ctrl-a,d busybox sh; echo code=$?");
        WaitForPrompt(terminal);
        terminal.Enter("name=zion");
        terminal.Press("C-a", "d");
        terminal.WaitFor("code=0");
        Assert.Equal(before, terminal.Run("stty -g"));
        Assert.StartsWith("Up", Engine.Run("ps", "--format", "{{.Status}}").ShouldSucceed().Text);

        terminal.Enter($"{Minidock.Binary} --root {Engine.Root} --run-root {Engine.RunRoot} attach c1; echo code=$?");
        terminal.Enter("echo still $name; exit 4");
        terminal.WaitFor("still zion");
        terminal.WaitFor("code=4");
        Eventually.True(() => Engine.Run("ps", "-aq").ShouldSucceed().Text.Length == 0, "the container is gone");
    }

    [Fact]
    public void Nothing_of_a_run_that_is_to_be_removed_is_left_when_the_command_returns()
    {
        using var terminal = new TmuxTerminal();
        terminal.Enter($"{Command} --mem 50M busybox true; ls {Engine.RunRoot}/containers {Engine.Root}/containers | grep -v :; echo e''nd");
        terminal.WaitFor("end");
        Assert.DoesNotMatch("[0-9a-f]{64}", terminal.Text);
    }

    [Fact]
    public void A_terminal_that_is_closed_takes_the_container_with_it()
    {
        using (var terminal = new TmuxTerminal())
        {
            terminal.Enter($"{Command} --name c1 busybox sh -c 'echo st''arted; exec sleep 1000'");
            terminal.WaitFor("started");
            terminal.Close();
        }

        Eventually.True(() => Engine.Run("ps", "-aq").ShouldSucceed().Text.Length == 0, "the container is gone");
    }
}
