using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Cli;

public sealed class StreamTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    [Fact]
    public void Input_reaches_the_command_to_its_end()
    {
        var text = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"line {i}\n"));
        Assert.Equal(text, Engine.RunWithInput(text, "run", "--rm", "-i", "--net", "none", "busybox", "cat").ShouldSucceed().Stdout);
    }

    [Fact]
    public void Without_i_the_command_reads_nothing() =>
        Assert.Equal("", Engine.RunWithInput("secret", "run", "--rm", "--net", "none", "busybox", "cat").ShouldSucceed().Stdout);

    [Fact]
    public void Output_and_errors_are_kept_apart()
    {
        var outcome = Engine.RunRm("--net", "none", "busybox", "sh", "-c", "echo out; echo err >&2");
        Assert.Equal(("out\n", "err\n"), (outcome.Stdout, outcome.Stderr));
    }

    [Fact]
    public void A_reader_that_goes_away_ends_the_writer()
    {
        var command = $"{Minidock.Binary} --root {Engine.Root} --run-root {Engine.RunRoot} run --rm --net none busybox yes | head -n 1";
        Assert.Equal("y", HostCommand.Shell(command).Text);
    }

    [Fact]
    public void A_terminal_is_refused_where_input_is_none()
    {
        var outcome = Engine.Run("run", "--rm", "-it", "busybox", "true").ShouldExit(125);
        Assert.Equal("minidock: standard input: ENOTTY (not a terminal)\nhint: leave -t away when input comes from a file or a pipe\n", outcome.Stderr);
    }

    [Fact]
    public void The_terminal_of_the_user_is_not_the_containers_own()
    {
        // stdout and stderr are a terminal here; without -t the container gets pipes and cannot reach it.
        var command = $"{Minidock.Binary} --root {Engine.Root} --run-root {Engine.RunRoot} run --rm --net none busybox sh -c 'test -t 1 || echo pipe; echo x > /dev/tty'";
        var outcome = HostCommand.Run("script", "-qec", command, "/dev/null");
        Assert.Contains("pipe", outcome.Stdout);
        Assert.Contains("No such device or address", outcome.Stdout);
    }
}
