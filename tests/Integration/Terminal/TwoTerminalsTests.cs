using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Terminal;

/// <summary>What the users of the first documents did by hand at their terminals (CAPABILITIES 45 and 46).</summary>
public sealed class TwoTerminalsTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    private string Md => $"{Minidock.Binary} --root {Engine.Root} --run-root {Engine.RunRoot}";

    [Fact]
    public void Two_containers_run_in_two_terminals_at_once_and_each_has_its_own()
    {
        using var left = Open("zion");
        using var right = Open("moon");

        Assert.Equal("zion", left.Run("hostname"));
        Assert.Equal("moon", right.Run("hostname"));
        Assert.Equal("1", left.Run("echo $$"));
        left.Run("echo from zion > /here");
        Assert.Contains("No such file", right.Run("cat /here"));
        left.Run("(echo greetings from zion | nc -l -p 7777 > /dev/null &)");
        Assert.EndsWith("greetings from zion", right.Run($"until nc {Address(left)} 7777 < /dev/null; do sleep 0.1; done"));
        Assert.Equal(["moon", "zion"], Engine.Run("ps", "--format", "{{.Names}}").ShouldSucceed().Lines.Order());

        // Control-C in one of them is no business of the other.
        right.Enter("echo st''arted; sleep 1000; echo not reached");
        right.WaitFor("started");
        Interrupt(left);
        Assert.EndsWith("started", right.Text.TrimEnd());
        right.Press("C-c");

        left.Enter("exit 3");
        left.WaitFor("left zion with 3");
        Assert.Equal("still here", right.Run("echo still here"));
        right.Press("C-d");
        right.WaitFor("left moon with");
    }

    [Fact]
    public void Commands_of_the_boot_and_of_the_shutdown_go_around_a_shell_at_a_terminal_as_process_1()
    {
        File.WriteAllText(Path.Combine(Scratch, "rcS"), "#!/bin/sh\nmkdir -p /run; echo booted by $PPID $1 > /run/boot\n");
        File.WriteAllText(Path.Combine(Scratch, "rcK"), "#!/bin/sh\necho $(cat /run/boot), then shut down > /etc/minidock-witness/end\n");
        HostCommand.Shell($"chmod +x {Scratch}/rcS {Scratch}/rcK; mkdir -p {Scratch}/witness");
        using var terminal = new TmuxTerminal();
        terminal.Enter(
            $"{Md} run --rm -it --net none -v {Scratch}/rcS:/sbin/rcS:ro -v {Scratch}/rcK:/sbin/rcK:ro -v {Scratch}/witness:/etc/minidock-witness busybox "
            + "sh -c 'rcS boot; sh -i; rcK'; echo left with $?");
        terminal.WaitFor("/ # ");

        Assert.Equal("booted by 1 boot", terminal.Run("cat /run/boot"));
        Assert.Equal("1", terminal.Run("echo $PPID"));

        // Job control works: the shell leads the terminal's foreground though it is not process 1.
        Interrupt(terminal);
        terminal.Enter("exit");
        terminal.WaitFor("left with 0");
        Assert.Equal("booted by 1 boot, then shut down\n", File.ReadAllText(Path.Combine(Scratch, "witness/end")));
    }

    private TmuxTerminal Open(string name)
    {
        var terminal = new TmuxTerminal();
        terminal.Enter($"{Md} run --rm -it --name {name} --hostname {name} --net bridge busybox; echo left $(echo {name}) with $?");
        terminal.WaitFor("/ # ");
        return terminal;
    }

    private static void Interrupt(TmuxTerminal terminal)
    {
        terminal.Enter("echo st''arted; sleep 1000");
        terminal.WaitFor("started");
        terminal.Press("C-c");
        terminal.Enter("echo code=$?");
        terminal.WaitFor("code=130");
    }

    private static string Address(TmuxTerminal terminal) => terminal.Run("ip -4 -o addr show eth0 | tr -s ' ' | cut -d' ' -f4 | cut -d/ -f1").Trim();
}
