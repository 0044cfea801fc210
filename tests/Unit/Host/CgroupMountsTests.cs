using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Host;

namespace MiniDock.Tests.Unit.Host;

public class CgroupMountsTests
{
    private const string Others = "22 27 0:21 / /proc rw,relatime - proc proc rw\n24 27 0:6 / /dev rw shared:2 - devtmpfs devtmpfs rw,size=12k\n";

    [Fact]
    public void A_pure_version_2_host_has_one_mount()
    {
        var layout = Parse("31 23 0:28 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n");

        Assert.Equal(CgroupMode.V2, layout.Mode);
        Assert.Equal("/sys/fs/cgroup", layout.UnifiedMount);
        Assert.Empty(layout.V1Mounts);
    }

    [Fact]
    public void Controllers_that_are_mounted_together_share_a_mount_point()
    {
        var layout = Parse("32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:10 - cgroup cgroup rw,cpu,cpuacct\n");

        Assert.Equal(CgroupMode.V1, layout.Mode);
        Assert.Equal("/sys/fs/cgroup/cpu,cpuacct", layout.V1Mounts["cpu"]);
        Assert.Equal("/sys/fs/cgroup/cpu,cpuacct", layout.V1Mounts["cpuacct"]);
        Assert.Equal(2, layout.V1Mounts.Count);
    }

    [Fact]
    public void A_hybrid_host_has_both()
    {
        var layout = Parse("""
            35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
            40 31 0:37 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,release_agent=/lib/agent,name=systemd
            41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw

            """);

        Assert.Equal(CgroupMode.Hybrid, layout.Mode);
        Assert.Equal("/sys/fs/cgroup/unified", layout.UnifiedMount);
        Assert.Equal(["memory", "name=systemd"], layout.V1Mounts.Keys.Order());
    }

    [Fact]
    public void A_named_hierarchy_alone_does_not_make_a_host_version_1()
    {
        var layout = Parse("""
            40 31 0:37 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,name=systemd
            41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw

            """);

        Assert.Equal(CgroupMode.V2, layout.Mode);
    }

    [Fact]
    public void A_host_without_control_groups_has_none() => Assert.Equal(CgroupMode.None, Parse("").Mode);

    [Fact]
    public void The_first_mount_of_a_hierarchy_wins()
    {
        var layout = Parse("""
            35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
            99 31 0:32 /docker/1 /srv/memory rw - cgroup cgroup rw,memory

            """);

        Assert.Equal("/sys/fs/cgroup/memory", layout.V1Mounts["memory"]);
    }

    [Fact]
    public void Octal_escapes_in_a_mount_point_are_undone()
    {
        var layout = Parse("""
            35 31 0:32 / /my\040c\134gr\303\266ups rw - cgroup2 cgroup2 rw

            """);

        Assert.Equal("/my c\\gröups", layout.UnifiedMount);
    }

    private static CgroupLayout Parse(string lines) => CgroupMounts.Parse(System.Text.Encoding.UTF8.GetBytes(Others + lines));
}
