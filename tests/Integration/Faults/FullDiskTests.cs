using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Faults;

/// <summary>The disk that holds the engine's state is full (SECURITY C2, the part of run).</summary>
public sealed class FullDiskTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    private string Disk => Path.Combine(Scratch, "disk");

    [Fact]
    public void A_run_says_so_leaves_nothing_and_works_again_when_there_is_room()
    {
        Requires.Program("mkfs.ext4");
        HostCommand.Shell($"truncate -s 32M {Scratch}/disk.img; mkfs.ext4 -q {Scratch}/disk.img; mkdir -p {Disk}; mount -o loop {Scratch}/disk.img {Disk}");
        var engine = new Minidock(Disk);
        engine.Run("import", BusyboxTar.Path).ShouldSucceed();
        engine.Run("run", "--rm", "--net", "none", "busybox", "true").ShouldSucceed();

        HostCommand.Run("dd", "if=/dev/zero", $"of={Disk}/fill", "bs=64k");
        HostCommand.Run("sh", "-c", $"i=0; while echo > {Disk}/fill$i; do i=$((i + 1)); done");
        var outcome = engine.Run("run", "--rm", "--net", "none", "busybox", "true").ShouldExit(125);
        Assert.Contains("ENOSPC", outcome.Stderr);
        Assert.Contains("hint: ", outcome.Stderr);

        HostCommand.Shell($"rm {Disk}/fill*");
        engine.Run("run", "--rm", "--net", "none", "busybox", "true").ShouldSucceed();
        Assert.Equal("", engine.Run("ps", "-a", "-q").ShouldSucceed().Text);
    }

    protected override void TearDown()
    {
        HostCommand.Run("umount", Disk);
        HostCommand.Run("rm", "-f", $"{Scratch}/disk.img");
    }
}
