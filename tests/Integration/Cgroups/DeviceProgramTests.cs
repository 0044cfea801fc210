using MiniDock.Linux;
using MiniDock.Linux.Bpf;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Cgroups;

/// <summary>The device program of cgroup version 2, in a group that has nothing else: on a hybrid host too.</summary>
public sealed class DeviceProgramTests
{
    private static readonly CgroupDeviceRule Zero = new('c', 1, 5, DeviceAccess.All);
    private static readonly CgroupDeviceRule Full = new('c', 1, 7, DeviceAccess.All);

    [Fact]
    public void Rules_take_the_place_of_others()
    {
        var group = Path.Combine(
            HostCgroups.MountPoints().First(mount => File.Exists(Path.Combine(mount, "cgroup.controllers"))), $"minidock-devices-{Environment.ProcessId}");
        Directory.CreateDirectory(group);
        try
        {
            using var directory = Files.Open(group, OpenFlags.Directory);
            CgroupDeviceProgram.Attach(directory, [Zero]);
            Assert.Equal((true, false), Opens(group));
            CgroupDeviceProgram.Replace(directory, [Full]);
            Assert.Equal((false, true), Opens(group));
            CgroupDeviceProgram.Replace(directory, [Full, Zero]);
            Assert.Equal((true, true), Opens(group));
        }
        finally
        {
            Eventually.True(() => HostCommand.Run("rmdir", group).ExitCode == 0, "the group can be removed");
        }
    }

    private static (bool Zero, bool Full) Opens(string group) => (Opens(group, "/dev/zero"), Opens(group, "/dev/full"));

    private static bool Opens(string group, string device) =>
        HostCommand.Run("sh", "-c", $"echo 0 > {group}/cgroup.procs && exec 3< {device}").ExitCode == 0;
}
