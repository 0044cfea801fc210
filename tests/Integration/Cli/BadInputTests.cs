using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Cli;

/// <summary>Mistakes: a message that says what is wrong and what to do, docker's exit code, and nothing changed (the leak check).</summary>
public sealed class BadInputTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    [Theory]
    [InlineData(125, "unknown flag --foo", "run --foo busybox true")]
    [InlineData(125, "did you mean --memory?", "run --memroy 100M busybox true")]
    [InlineData(125, "flag needs an argument: --name", "run --name")]
    [InlineData(1, "requires at least 1 argument", "run")]
    [InlineData(125, "image nosuch: ", "run nosuch true")]
    [InlineData(125, "minidock images", "run nosuch true")]
    [InlineData(125, "--memory 5x: EINVAL (not a size)", "run --mem 5x busybox true")]
    [InlineData(125, "network nosuch: ", "run --net nosuch busybox true")]
    [InlineData(125, "--name a/b: EINVAL", "run --name a/b busybox true")]
    [InlineData(125, "--gpus: ENOTSUP (not supported yet)", "run --gpus all busybox true")]
    [InlineData(125, "--workdir /proc/self/fd/3: EINVAL", "run -w /proc/self/fd/3 busybox true")]
    [InlineData(125, "--user 4294967296: EINVAL", "run -u 4294967296 busybox true")]
    [InlineData(125, "cgroup driver nosuch: unknown", "run --cgroup-driver nosuch busybox true")]
    [InlineData(125, "storage driver nosuch: unknown", "run --storage-driver nosuch busybox true")]
    [InlineData(127, "nosuch: ENOENT", "run --rm busybox nosuch")]
    [InlineData(126, "/etc: EACCES", "run --rm busybox /etc")]
    [InlineData(1, "container nosuch: ENOENT (no such container)", "rm nosuch")]
    [InlineData(1, "inspect nosuch: ENOENT", "inspect nosuch")]
    [InlineData(1, "'nosuch' is not a minidock command", "nosuch")]
    [InlineData(1, "--filter colour=red: EINVAL (no such filter)", "ps --filter colour=red")]
    [InlineData(1, "template: no function shout", "info --format {{shout}}")]
    public void A_mistake_is_told_with_what_to_do(int code, string message, string commandLine)
    {
        var outcome = Engine.Run(commandLine.Split(' ')).ShouldExit(code);
        Assert.Contains(message, outcome.Stderr);
        Assert.StartsWith("minidock: ", outcome.Stderr);
        Assert.DoesNotContain("internal error", outcome.Stderr);
        Assert.Empty(Engine.Run("ps", "-aq").ShouldSucceed().Text);
    }

    [Fact]
    public void All_mistakes_of_a_run_are_told_at_once()
    {
        var outcome = Engine.Run("run", "--mem", "x", "--cpus", "y", "-u", "-1", "busybox").ShouldExit(125);
        Assert.Equal(3, outcome.Stderr.Split('\n').Count(line => line.StartsWith("minidock: ", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_ordinary_user_is_told_to_be_root()
    {
        Requires.Program("setpriv");
        Assert.SkipWhen(File.Exists(Minidock.Binary + ".dll"), "needs the binary that is published, not the one for development");
        foreach (var verb in new[] { "run busybox true", "ps", "import x.tar" })
        {
            // A copy: the checkout may lie in a directory that the user cannot enter.
            var binary = Path.Combine(Scratch, "minidock");
            File.Copy(Minidock.Binary, binary, overwrite: true);
            HostCommand.Run("chmod", "755", Path.GetDirectoryName(Scratch)!, Scratch, binary).ShouldSucceed();
            var outcome = HostCommand.Run("setpriv", ["--reuid", "65534", "--regid", "65534", "--clear-groups", binary, .. verb.Split(' ')]);
            outcome.ShouldExit(verb.StartsWith("run", StringComparison.Ordinal) ? 125 : 1);
            Assert.Contains("EPERM (must be run as root)", outcome.Stderr);
            File.Delete(binary);
        }
    }

    [Fact]
    public void Text_of_a_container_cannot_steer_the_terminal()
    {
        const string evil = "\u001b]0;owned\u0007\u001b[2J";
        Engine.Run("run", "--name", "c1", "--net", "none", "-l", $"x={evil}", "busybox", "echo", evil).ShouldSucceed();
        var shown = Engine.Run("ps", "-a", "--no-trunc").Stdout + Engine.Run("ps", "-a", "--format", "{{.Labels}} {{.Command}}").Stdout + Engine.Run("inspect", "c1").Stdout;
        Engine.Run("rm", "c1").ShouldSucceed();
        Assert.DoesNotContain('\u001b', shown);
        Assert.Contains("\\x1b]0;owned", shown);
    }
}
