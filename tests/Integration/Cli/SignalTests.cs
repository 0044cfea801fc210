using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Cli;

public sealed class SignalTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    public static TheoryData<string> Caught => ["HUP", "INT", "QUIT", "TERM", "USR1", "USR2", "ALRM", "CONT", "TSTP", "TTIN", "TTOU", "WINCH", "XCPU", "PWR", "40", "64"];

    [Theory]
    [MemberData(nameof(Caught))]
    public void A_signal_is_passed_on_to_process_1(string signal)
    {
        using var running = Engine.Start("run", "--rm", "--net", "none", "busybox", "sh", "-c", $"trap 'echo caught; exit 5' {signal}; echo started; while :; do sleep 0.1; done");
        running.WaitForOutput("started");
        running.Signal(signal);
        running.Wait().ShouldExit(5);
    }

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("INT", 130)]
    [InlineData("HUP", 129)]
    [InlineData("USR1", 138)]
    public void A_signal_that_process_1_does_not_handle_ends_it(string signal, int code)
    {
        using var running = Engine.Start("run", "--rm", "--net", "none", "busybox", "sh", "-c", "echo started; exec sleep 1000");
        running.WaitForOutput("started");
        var engine = ContainerView.Of(Engine, Engine.Run("ps", "-q").Text);
        Eventually.True(() => engine.Proc("comm").Trim() == "sleep", "sleep has taken the place of the shell");
        running.Signal(signal);
        running.Wait().ShouldExit(code);
    }

    [Fact]
    public void A_signal_that_process_1_ignores_is_ignored()
    {
        using var running = Engine.Start("run", "--rm", "-i", "--net", "none", "busybox", "sh", "-c", "trap '' TERM; echo started; read line; exit 4");
        running.WaitForOutput("started");
        running.Signal("TERM");
        running.Write("go on\n");
        running.Wait().ShouldExit(4);
    }
}
