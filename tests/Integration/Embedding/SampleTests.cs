using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Embedding;

/// <summary>The sample program, which has a provider of its own.</summary>
public sealed class SampleTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    private static readonly string Program = Repository.PathOf("samples/embedding/bin/Debug/net10.0/embedding");

    [Fact]
    public void It_runs_a_container_with_a_mount_of_its_own_provider_and_takes_it_back()
    {
        var run = HostCommand.Run(Program, Engine.Root, Engine.RunRoot, BusyboxTar.Path, "sh", "-c", "grep -c ' /scratch ' /proc/mounts; touch /scratch/x; ls /scratch; exit 5").ShouldExit(5);
        Assert.Equal(["> 1", "> x", "exit code 5"], run.Lines[1..]);
        Assert.Empty(ScratchDirectories());
        Engine.Run("rmi", "sample").ShouldSucceed();
    }

    [Fact]
    public void When_it_is_killed_the_next_program_takes_back_what_it_left_and_the_command_line_says_that_it_cannot()
    {
        using (var killed = RunningCommand.Start(Program, [Engine.Root, Engine.RunRoot, BusyboxTar.Path, "sleep", "1000"]))
        {
            killed.WaitForOutput("runs as process");
            killed.Signal("KILL");
            killed.Wait();
        }

        Assert.Single(ScratchDirectories());
        Assert.Contains("no provider handles steps of kind 'scratch.directory'", Engine.Run("ps").Stderr);
        HostCommand.Run(Program, Engine.Root, Engine.RunRoot, BusyboxTar.Path, "true").ShouldSucceed();
        Assert.Empty(ScratchDirectories());
        Assert.Equal("", Engine.Run("ps", "-aq").ShouldSucceed().Text);
        Engine.Run("rmi", "sample").ShouldSucceed();
    }

    private static string[] ScratchDirectories() => Directory.GetDirectories(Path.GetTempPath(), "scratch-*");
}
