using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Exec;

public sealed class LifeTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("kill -9 $$", 137)]
    [InlineData("kill -15 $$", 143)]
    public void The_exit_code_is_the_commands(string script, int code)
    {
        using var zion = new LivingContainer(Engine, "zion");
        zion.Exec("sh", "-c", script).ShouldExit(code);
        zion.End();
    }

    [Theory]
    [InlineData("nothing-of-this-name", 127, "ENOENT")]
    [InlineData("/no/such/file", 127, "ENOENT")]
    [InlineData("/etc", 126, "EACCES")]
    [InlineData("/etc/passwd", 126, "EACCES")]
    public void A_command_that_cannot_be_executed_is_told_apart(string program, int code, string errno)
    {
        using var zion = new LivingContainer(Engine, "zion");
        Assert.Contains($"exec {program}: {errno}", zion.Exec(program).ShouldExit(code).Stderr);
        zion.End();
    }

    [Fact]
    public void A_container_that_has_ended_cannot_be_entered()
    {
        Engine.Run("run", "--name", "zion", "busybox", "true").ShouldSucceed();
        Assert.Contains("container zion: ESRCH (is not running)", Engine.Run("exec", "zion", "true").ShouldExit(1).Stderr);
        Engine.Run("rm", "zion").ShouldSucceed();
        Assert.Contains("container zion: ENOENT", Engine.Run("exec", "zion", "true").ShouldExit(1).Stderr);
    }

    [Fact]
    public void Input_and_output_go_through()
    {
        using var zion = new LivingContainer(Engine, "zion");
        var text = new string('x', 300_000);
        Assert.Equal(text, Engine.RunWithInput(text, "exec", "-i", "zion", "cat").ShouldSucceed().Stdout);
        Assert.Equal("", Engine.RunWithInput(text, "exec", "zion", "cat").ShouldSucceed().Stdout);
        zion.End();
    }

    [Fact]
    public void Signals_are_passed_on()
    {
        using var zion = new LivingContainer(Engine, "zion");
        using var exec = zion.Begin();
        exec.Signal("TERM");
        exec.Wait().ShouldExit(143);
        zion.End();
    }

    [Fact]
    public void It_ends_with_the_container()
    {
        using var zion = new LivingContainer(Engine, "zion");
        using var exec = zion.Begin();
        zion.End();
        exec.Wait().ShouldExit(137);
    }

    [Fact]
    public void Detached_it_goes_on_alone_until_the_container_ends()
    {
        using var zion = new LivingContainer(Engine, "zion");
        var outcome = zion.ExecWith("-d", "sh", "-c", "echo lost; echo found > /tmp/note; exec sleep 1000");
        Assert.Equal("", outcome.ShouldSucceed().Stdout);
        Eventually.True(() => zion.Exec("cat", "/tmp/note").Text == "found", "the detached command has written its note");
        Eventually.True(() => zion.Exec("ps", "-o", "args").Lines.Contains("sleep 1000"), "the detached command goes on");
        zion.End();
    }

    [Fact]
    public void A_container_in_the_background_is_entered_like_any_other()
    {
        Engine.Run("run", "-d", "--name", "zion", "busybox", "sleep", "1000").ShouldSucceed();
        Assert.Equal(["COMMAND", "sleep", "ps"], Engine.Run("exec", "zion", "ps", "-o", "comm").ShouldSucceed().Lines);
        Engine.Run("exec", "-d", "zion", "sleep", "1001").ShouldSucceed();
        Engine.Run("exec", "zion", "sh", "-c", "exit 4").ShouldExit(4);

        // The detached command must not keep what is left of the container busy.
        Engine.Run("rm", "-f", "zion").ShouldSucceed();
    }

    [Fact]
    public void It_dies_with_an_engine_that_is_killed()
    {
        using var zion = new LivingContainer(Engine, "zion");
        using var exec = zion.Begin();
        var entered = LivingContainer.ProcessOf(exec);
        exec.Signal("KILL");
        Eventually.True(() => !Directory.Exists($"/proc/{entered}"), "the command is gone");
        Assert.Equal(["COMMAND", "cat", "ps"], zion.Exec("ps", "-o", "comm").Lines);
        zion.End();
    }

    [Fact]
    public void It_dies_with_an_engine_that_is_killed_also_as_another_user()
    {
        using var zion = new LivingContainer(Engine, "zion");
        using var exec = zion.Begin("-u", "1000");
        var entered = LivingContainer.ProcessOf(exec);
        exec.Signal("KILL");
        Eventually.True(() => !Directory.Exists($"/proc/{entered}"), "the command is gone");
        zion.End();
    }
}
