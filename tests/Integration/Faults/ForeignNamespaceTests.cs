using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Faults;

/// <summary>A mount namespace that is none of ours holds mounts of a container, which makes directories and devices busy elsewhere (SECURITY C7).</summary>
public sealed class ForeignNamespaceTests(MinidockFixture fixture) : LifeTest(fixture)
{
    [Theory]
    [InlineData("erofs", "stop")]
    [InlineData("erofs", "rm -f")]
    [InlineData("dir", "stop")]
    public void A_copy_of_the_containers_mounts_keeps_nobody_from_removing_it(string driver, string end)
    {
        Engine.Run("--storage-driver", driver, "run", "-d", "--name", "zion", "--net", "none", "busybox", "sleep", "1000").ShouldSucceed();
        var pid = ContainerView.Of(Engine, "zion").Pid;
        using var holder = RunningCommand.Start(
            "nsenter", ["-t", $"{pid}", "-m", "--", "/bin/busybox", "unshare", "-m", "sh", "-c", "echo copied; exec sleep 1000"], RunningCommand.KeepOpen);
        holder.WaitForOutput("copied");

        if (end == "stop")
        {
            Engine.Run("stop", "-t", "0", "zion").ShouldSucceed();
            Engine.Run("start", "zion").ShouldSucceed();
            Engine.Run("stop", "-t", "0", "zion").ShouldSucceed();
        }

        Engine.Run("rm", "-f", "zion").ShouldSucceed();
        Assert.False(holder.HasExited);
        Assert.Equal("", Engine.Run("ps", "-aq").ShouldSucceed().Text);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(Engine.Root, "containers")));
    }

    [Fact]
    public void Mounts_that_lie_on_the_containers_own_directories_elsewhere_keep_nobody_from_removing_it()
    {
        var id = Run("zion", "busybox", "sleep", "1000");
        var (state, run) = (Path.Combine(Engine.Root, "containers", id), Path.Combine(Engine.RunRoot, "containers", id));
        using var holder = RunningCommand.Start(
            "unshare",
            ["--mount", "--propagation", "private", "sh", "-ec", $"mount --bind {state}/upper /mnt; for d in {state}/upper {state} {run}; do mount -t tmpfs over $d; done; echo held; exec sleep 1000"]);
        holder.WaitForOutput("held");

        Engine.Run("rm", "-f", "zion").ShouldSucceed();

        Assert.False(holder.HasExited);
        Assert.False(Directory.Exists(state) || Directory.Exists(run));
    }
}
