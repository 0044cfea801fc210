using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;
using MiniDock.Tests.Integration.Terminal;

namespace MiniDock.Tests.Integration.Exec;

/// <summary>Terminals of commands in a container, and what becomes of a command whose user has left.</summary>
public sealed class DetachTests(MinidockFixture fixture) : LifeTest(fixture)
{
    private string Prefix => $"{Minidock.Binary} --root {Engine.Root} --run-root {Engine.RunRoot}";

    [Theory]
    [InlineData("", "C-p C-q")]
    [InlineData("--detach-keys ctrl-a,d", "C-a d")]
    public void The_user_leaves_by_the_detach_keys_and_the_command_goes_on_at_its_terminal(string flags, string keys)
    {
        Run("zion", "busybox", "sleep", "1000");
        using (var terminal = new TmuxTerminal())
        {
            terminal.Enter($"{Prefix} exec -it {flags} zion sh -c 'echo u''p; i=0; while :; do i=$((i+1)); echo $i; echo $i > /count; sleep 0.1; done'");
            terminal.WaitFor("up");
            terminal.Press(keys.Split(' '));
            terminal.WaitFor("read escape sequence");
            Assert.Equal("0", terminal.Run("echo $?"));
        }

        var count = Engine.Run("exec", "zion", "cat", "/count").ShouldSucceed().Text;
        Eventually.True(() => Engine.Run("exec", "zion", "cat", "/count").Text != count, "it goes on");
        Assert.Contains("exec_detach", Engine.Run("events", "--since", "1h", "--until", "0s").ShouldSucceed().Stdout);
    }

    [Fact]
    public void A_detached_command_may_have_a_terminal()
    {
        Run("zion", "busybox", "sleep", "1000");

        Engine.Run("exec", "-d", "-it", "zion", "sh", "-c", "tty > /tty; echo lost; exec sleep 1000").ShouldSucceed();

        Eventually.True(() => Engine.Run("exec", "zion", "cat", "/tty").Text == "/dev/pts/0", "it knows its terminal");
        Eventually.True(() => Engine.Run("exec", "zion", "ps", "-o", "args").Stdout.Split("sleep 1000").Length == 3, "it runs on");
    }

    [Fact]
    public void A_command_at_a_terminal_is_hung_up_where_the_engine_is_killed()
    {
        Run("zion", "busybox", "sleep", "1000");
        using var terminal = RunningCommand.Start("script", ["-qec", $"{Prefix} exec -it zion sh -c 'echo up; sleep 2222; true'", "/dev/null"], RunningCommand.KeepOpen);
        terminal.WaitForOutput("up");
        Eventually.True(() => Engine.Run("exec", "zion", "ps", "-o", "args").Stdout.Contains("sleep 2222", StringComparison.Ordinal), "it sleeps");

        HostCommand.Run("pkill", "-9", "-f", $"{Engine.RunRoot} exec -it zion").ShouldSucceed();

        Eventually.True(() => !Engine.Run("exec", "zion", "ps", "-o", "args").Stdout.Contains("2222", StringComparison.Ordinal), "it is gone");
    }
}
