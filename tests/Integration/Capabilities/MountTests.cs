using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Capabilities;

public sealed class MountTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    [Fact]
    public void Mounts_do_not_reach_the_host_while_it_runs()
    {
        var before = HostMounts.Lines().ToList();
        using var container = Engine.Start("run", "--rm", "-i", "--name", "c1", "--tmpfs", "/scratch", "busybox", "sh", "-c", "echo ready; exec cat");
        container.WaitForOutput("ready");
        Assert.Equal(before, HostMounts.Lines());
        container.CloseStdin();
        container.Wait().ShouldSucceed();
    }

    [Fact]
    public void Nothing_stays_mounted_after_the_engine_was_killed()
    {
        using var container = Engine.Start("run", "--rm", "-i", "--name", "c1", "busybox", "sh", "-c", "echo ready; exec cat");
        container.WaitForOutput("ready");
        container.Signal("KILL");
        container.CloseStdin();
        container.Wait();
        Engine.Run("ps", "-a").ShouldSucceed();
        Engine.Run("rm", "-f", "c1");
    }

    [Theory]
    [InlineData("/proc", "proc")]
    [InlineData("/sys", "sysfs")]
    [InlineData("/tmp", "tmpfs")]
    [InlineData("/run", "tmpfs")]
    [InlineData("/dev", "tmpfs")]
    [InlineData("/dev/pts", "devpts")]
    [InlineData("/dev/shm", "tmpfs")]
    [InlineData("/dev/mqueue", "mqueue")]
    public void The_usual_file_systems_are_mounted(string point, string type) =>
        Assert.Contains($" on {point} type {type} (", Engine.RunRm("busybox", "mount").Stdout);

    [Fact]
    public void There_is_no_way_up_out_of_the_root() =>
        Assert.Equal(
            Engine.RunRm("busybox", "ls", "-1", "/").Lines,
            Engine.RunRm("busybox", "sh", "-c", "cd ../../../..; ls -1").Lines);
}
