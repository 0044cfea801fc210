using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Storage;

/// <summary>Row 34: a block device in memory that goes with its container.</summary>
public sealed class RamdiskTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    // The file behind a device has no name: the kernel shows the one that it was made with.
    private const string Backing = "minidock-ramdisk";

    [Fact]
    public void A_RAM_disk_has_its_size_and_file_system_is_empty_and_is_gone_afterwards()
    {
        var outcome = Engine.Run(
            "run", "--rm", "--ramdisk", "/r:size=8M,fs=ext4", "--mount", "type=ramdisk,dst=/other,size=16M,ro", "busybox",
            "sh", "-c", "grep ' /r ' /proc/mounts | cut -d' ' -f1,3; df -k /r | tail -1 | awk '{print $2}'; ls -A /r | wc -l; dd if=/dev/zero of=/r/x bs=1M count=16; touch /other/x");
        Assert.Matches("^/dev/loop[0-9]+ ext4$", outcome.Lines[0]);
        Assert.InRange(int.Parse(outcome.Lines[1]), 7_400, 8_192);
        Assert.Equal("0", outcome.Lines[2]);
        Assert.Contains("No space left on device", outcome.Stderr);
        Assert.Contains("/other/x: Read-only file system", outcome.Stderr);
        Eventually.True(() => !HasDevice(), "the device is gone");
    }

    [Fact]
    public void It_is_the_containers_alone_also_with_a_user_namespace_and_a_start_makes_a_new_one()
    {
        Engine.RunRm("--uidmap", "0:100000:65536", "--ramdisk", "/r", "busybox", "sh", "-c", "touch /r/x && test $(stat -c %u /r/x) = 0");
        Engine.Run("create", "--name", "disk", "--ramdisk", "/r:noexec", "busybox", "sh", "-c", "ls -A /r; touch /r/x; grep -c ' /r ext4 rw,noexec' /proc/mounts").ShouldSucceed();
        for (var start = 0; start < 2; start++)
        {
            Assert.Equal("1", Engine.Run("start", "-a", "disk").ShouldSucceed().Text);

            // Its output ends before its monitor does.
            Engine.Run("wait", "disk").ShouldSucceed();
        }

        Eventually.True(() => !HasDevice(), "the devices are gone");
        Engine.Run("rm", "disk").ShouldSucceed();
    }

    [Fact]
    public void Kill_of_engine_and_container_frees_the_device_without_another_command()
    {
        using (var running = Engine.Start("run", "--rm", "-i", "--ramdisk", "/r", "busybox", "sh", "-c", "echo up; cat"))
        {
            running.WaitForOutput("up");
            Assert.True(HasDevice());
            running.Signal("KILL");
            Eventually.True(() => !HasDevice(), "the device is gone");
        }

        // What the run has noted is taken back by the next command.
        Engine.Run("ps").ShouldSucceed();
    }

    [Fact]
    public void Tmpfs_takes_its_place_where_asked_and_what_cannot_be_is_told_before_anything_starts()
    {
        Assert.Equal("tmpfs 2048", Engine.RunRm("--ramdisk", "/r:backend=tmpfs,size=2M", "busybox", "sh", "-c", "df -k /r | tail -1 | awk '{print $1, $2}'").Text);
        Assert.Contains("RAM disk /r: EINVAL (xfs needs 300 MiB)", Engine.Run("run", "--rm", "--ramdisk", "/r:fs=xfs", "busybox", "true").ShouldExit(125).Stderr);
        Assert.Contains("ENOMEM (larger than the host's memory)", Engine.Run("run", "--rm", "--ramdisk", "/r:size=9000g", "busybox", "true").ShouldExit(125).Stderr);
        Assert.Contains("\"fs=ntfs\" is no option of a RAM disk", Engine.Run("run", "--rm", "--ramdisk", "/r:fs=ntfs", "busybox", "true").ShouldExit(125).Stderr);
    }

    private static bool HasDevice() => Directory.EnumerateDirectories("/sys/block", "loop*")
        .Any(d => ProcFile.TryRead(d + "/loop/backing_file").Contains(Backing, StringComparison.Ordinal));
}
