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
        terminal.Enter("kill -9 %1; cat");
        terminal.Press("C-\\");
        terminal.WaitFor("Quit");
        terminal.Enter("cat; echo e''nd");
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
    public void The_keys_that_detach_say_that_they_cannot_yet()
    {
        using var terminal = new TmuxTerminal();
        terminal.Enter($"{Command} --detach-keys ctrl-a,d busybox cat");
        terminal.Press("C-a", "d");
        terminal.WaitFor("not supported yet");
        terminal.Press("C-c");
        terminal.WaitFor("ready> ");
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
