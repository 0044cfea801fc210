using MiniDock.Engine.Host;

namespace MiniDock.Tests.Unit.Host;

public class ProcFileTests
{
    [Fact]
    public void Status_gives_the_effective_user_and_the_bounding_set()
    {
        var status = StatusFile.Parse("Name:\tx\nUid:\t1000\t1001\t1002\t1003\nCapEff:\t0000000000000000\nCapBnd:\t000001fffeffffff\n"u8);

        Assert.Equal(1001u, status.EffectiveUserId);
        Assert.Equal(0x1fffeffffffUL, status.BoundingCapabilities);
    }

    [Fact]
    public void File_systems_are_listed_with_and_without_a_device()
    {
        var names = FileSystemNames.Parse("nodev\tsysfs\nnodev\toverlay\n\text4\n\terofs\n"u8);

        Assert.Equal(["erofs", "ext4", "overlay", "sysfs"], names.Order());
    }

    [Fact]
    public void Hard_limits_are_found_under_the_names_of_ulimit()
    {
        var limits = HardLimitsFile.Parse("""
            Limit                     Soft Limit           Hard Limit           Units
            Max cpu time              unlimited            unlimited            seconds
            Max open files            1024                 20000                files
            Max nice priority         0                    7

            """u8);

        Assert.Equal(3, limits.Count);
        Assert.Equal(ulong.MaxValue, limits["cpu"]);
        Assert.Equal(20000UL, limits["nofile"]);
        Assert.Equal(7UL, limits["nice"]);
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("0-3", 4)]
    [InlineData("0-1,4,6-7", 5)]
    [InlineData("", 0)]
    [InlineData("0-3\n", 4)]
    public void Lists_of_processors_are_counted(string list, int count) => Assert.Equal(count, HostProbe.CountOfList(list));

    [Fact]
    public void This_host_can_be_probed()
    {
        var facts = HostProbe.Probe();

        Assert.Matches(@"^\d+\.\d+", facts.KernelRelease);
        Assert.Matches("^[0-9a-f-]{36}$", facts.BootId);
        Assert.Contains("proc", facts.FileSystems);
        Assert.Contains("mnt", facts.Namespaces);
        Assert.Contains("nofile", facts.HardLimits.Keys);
        Assert.InRange(facts.LastCapability, 35, 63);
        Assert.True(facts.MemoryBytes > 1 << 20);
        Assert.True(facts.Processors > 0);
        Assert.Equal(Environment.MachineName, facts.HostName);
    }
}
