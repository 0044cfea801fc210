using System.Globalization;
using System.Text;
using MiniDock.Linux;
using MiniDock.Linux.Child;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Linux;

/// <summary>Programs of the host that the engine runs to their end: hooks and plugins.</summary>
public sealed class HostProgramTests
{
    [Fact]
    public void More_than_a_pipe_holds_goes_in_and_out_and_the_end_is_kept()
    {
        var input = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i} ")));
        var end = (Shell("cat; echo told >&2; exit 7") with { Input = input, KeptBytes = 300_000 }).Run();
        Assert.True(end.InTime);
        Assert.Equal(7, end.Status.ExitCode);
        Assert.Equal(input[^300_000..], end.Output);
        Assert.Equal("told", HostProgramEnd.Shown(end.Errors));
        Assert.Equal("one\ntwo", HostProgramEnd.Shown((Shell("echo one; echo two >&2") with { JoinsOutputs = true, Input = input }).Run().Output));
    }

    [Fact]
    public void One_that_takes_too_long_may_say_good_bye_and_all_that_it_has_started_ends()
    {
        const string Script = "trap 'echo bye; exit 3' TERM; (trap '' TERM; exec sleep 1000) & echo $!; wait";
        var end = (Shell(Script) with { MostMilliseconds = 2000, GraceMilliseconds = 60_000 }).Run();
        Assert.False(end.InTime);
        Assert.Equal(3, end.Status.ExitCode);
        var lines = HostProgramEnd.Shown(end.Output).Split('\n');
        Assert.Equal("bye", lines[1]);
        var started = int.Parse(lines[0], CultureInfo.InvariantCulture);
        Eventually.True(() => ProcFile.TryRead($"/proc/{started}/stat") is var stat && (stat.Length == 0 || stat.Contains(") Z", StringComparison.Ordinal)), "what it has started is dead");
    }

    [Fact]
    public void It_sees_nothing_of_the_caller_and_one_that_is_not_there_is_told()
    {
        Environment.SetEnvironmentVariable("SECRET_OF_THE_CALLER", "1");
        var output = HostProgramEnd.Shown(Shell("env; pwd; ls /proc/self/fd").Run().Output);
        Assert.DoesNotContain("SECRET", output);
        Assert.Contains("ONLY=this", output);
        Assert.EndsWith("\n/\n0\n1\n2\n3", output);
        var error = Assert.Throws<LinuxException>(() => (Shell("") with { Path = "/nosuch" }).Run());
        Assert.Equal(("execute", Errno.ENOENT), (error.Operation, error.Errno));
    }

    private static HostProgram Shell(string script) =>
        new("/bin/sh", ["sh", "-c", script], ["PATH=/usr/bin:/bin", "ONLY=this"]) { MostMilliseconds = 120_000, KeptBytes = 4096 };
}
