using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Capabilities;

public sealed class ImportTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    [Fact]
    public void An_exported_root_file_system_is_imported_and_runs()
    {
        Engine.Run("import", BusyboxTar.Path, "other:1").ShouldSucceed();
        Engine.RunRm("other:1", "true");
        Engine.Run("rmi", "other:1").ShouldSucceed();
    }

    [Fact]
    public void The_exit_code_is_the_commands() => Engine.Run("run", "--rm", "busybox", "sh", "-c", "exit 7").ShouldExit(7);

    [Fact]
    public void A_command_that_is_not_there_gives_127() => Engine.Run("run", "--rm", "busybox", "no-such-command").ShouldExit(127);

    [Fact]
    public void A_command_that_cannot_be_executed_gives_126() => Engine.Run("run", "--rm", "busybox", "/etc/passwd").ShouldExit(126);

    [Fact]
    public void An_image_that_is_not_there_gives_125_and_a_hint()
    {
        var outcome = Engine.Run("run", "--rm", "no-such-image").ShouldExit(125);
        Assert.Contains("no-such-image", outcome.Stderr);
        Assert.Contains("hint:", outcome.Stderr);
        Assert.Empty(outcome.Stdout);
    }
}
