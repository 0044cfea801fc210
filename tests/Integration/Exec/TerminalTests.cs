using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Exec;

public sealed class TerminalTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    [Fact]
    public void It_is_a_terminal_of_the_containers_own()
    {
        using var zion = new LivingContainer(Engine, "zion");
        var outcome = AtTerminal("exec -t zion sh -c 'tty; test -c $(tty) && echo is there; echo through /dev/tty > /dev/tty; exit 3'").ShouldExit(3);
        Assert.Equal(["/dev/pts/0", "is there", "through /dev/tty"], outcome.Lines);
        zion.End();
    }

    [Theory]
    [InlineData("root")]
    [InlineData("nobody")]
    public void It_belongs_to_its_user_also_in_a_user_namespace(string user)
    {
        string[] flags = ["--uidmap", "0:100000:65536", "--gidmap", "0:100000:65536"];
        using var zion = new LivingContainer(Engine, "zion", flags);
        const string look = "sh -c 'stat -c %U:%G $(tty); echo by its name > $(tty)'";
        Assert.Equal([$"{user}:tty", "by its name"], AtTerminal($"exec -t -u {user} zion {look}").ShouldSucceed().Lines);
        Assert.Equal([$"{user}:tty", "by its name"], AtTerminal($"run --rm -t -u {user} {string.Join(' ', flags)} busybox {look}").ShouldSucceed().Lines);
        zion.End();
    }

    [Fact]
    public void Without_one_there_is_no_controlling_terminal()
    {
        using var zion = new LivingContainer(Engine, "zion");
        var outcome = AtTerminal("exec zion sh -c 'tty; cat /dev/tty'").ShouldExit(1);
        Assert.Contains("not a tty", outcome.Stdout);
        Assert.Contains("No such device or address", outcome.Stdout);
        zion.End();
    }

    [Fact]
    public void Control_C_reaches_the_command()
    {
        using var zion = new LivingContainer(Engine, "zion");
        using var terminal = RunningCommand.Start("script", ["-qec", CommandLine("exec -it zion sh -c 'echo up; exec sleep 1000'"), "/dev/null"], RunningCommand.KeepOpen);
        terminal.WaitForOutput("up");
        Eventually.True(() => zion.Exec("ps", "-o", "args").Lines.Contains("sleep 1000"), "the command sleeps");
        terminal.Write("\u0003");
        terminal.Wait().ShouldExit(130);
        zion.End();
    }

    [Fact]
    public void A_container_that_spoils_its_multiplexer_gets_a_terminal_of_the_host()
    {
        using var zion = new LivingContainer(Engine, "zion", "--tmpfs", "/dev/pts");
        zion.Exec("ln", "-s", "/etc/passwd", "/dev/pts/ptmx").ShouldSucceed();
        AtTerminal("exec -t zion sh -c 'test -t 0 && test -t 1'").ShouldSucceed();
        zion.End();
    }

    private Outcome AtTerminal(string command) => HostCommand.Run("script", "-qec", CommandLine(command), "/dev/null");

    private string CommandLine(string command) => $"{Minidock.Binary} --root {Engine.Root} --run-root {Engine.RunRoot} {command}";
}
