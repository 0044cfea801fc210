using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Vm;

/// <summary>Disks of the kernel's brd module, which this machine's kernel may not have.</summary>
public sealed class RamdiskTests : IDisposable
{
    private readonly string _directory = Directory.CreateDirectory($"/var/tmp/minidock-vm-{Guid.NewGuid():n}"[..24]).FullName;

    [Fact]
    public void Disks_of_brd_are_taken_one_each_given_back_and_mounted_nowhere_on_the_host()
    {
        using var machine = new VirtualMachine(_directory);
        var outcome = machine.Boot(
            """
            set -e
            $md import /repository/out/busybox.tar > /dev/null
            $md run --rm --net none --ramdisk /r:backend=brd busybox true 2>&1 | grep -o 'ENODEV (the kernel has no brd)'
            modprobe brd rd_nr=1 rd_size=16384
            $md run --rm --net none --ramdisk /r:size=8M,fs=ext4,backend=brd busybox sh -c "grep ' /r ' /proc/mounts | cut -d' ' -f1,3; df -k /r | tail -1 | awk '{print (\$2 > 7400 && \$2 <= 8192)}'; echo secret > /r/x"
            $md run -d --net none --name holder --ramdisk /r:size=8M,backend=brd busybox sh -c 'ls -A /r | wc -l; sleep 600' > /dev/null
            until $md logs holder | grep .; do sleep 0.1; done
            grep -c /dev/ram0 /proc/mounts || true
            $md run --rm --net none --ramdisk /r:size=8M,backend=brd busybox true 2>&1 | grep -o 'EBUSY (no free disk of brd'
            $md rm -f holder > /dev/null
            $md run --rm --net none --ramdisk /r:size=8M,backend=brd busybox echo free again
            ls /run/minidock/ramdisks | wc -l
            """).ShouldSucceed();

        Assert.Equal(["ENODEV (the kernel has no brd)", "/dev/ram0 ext4", "1", "0", "0", "EBUSY (no free disk of brd", "free again", "0"], outcome.Lines);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
