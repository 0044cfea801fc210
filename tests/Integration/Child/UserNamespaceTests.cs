using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Child;

public sealed class UserNamespaceTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    [Fact]
    public void A_mapped_root_is_root_inside_and_the_mapped_user_outside()
    {
        using var running = Engine.Start("run", "--rm", "--net", "none", "--name", "mapped", "--uidmap", "0:1000:1", "--gidmap", "0:1001:1", "busybox", "sh", "-c", "id -u; id -g; echo ready; sleep 60");
        running.WaitForOutput("ready");
        Assert.Equal("0\n0\nready", running.Stdout.Trim());
        var status = ContainerView.Of(Engine, "mapped").Proc("status");
        Assert.Contains("Uid:\t1000\t1000\t1000\t1000", status, StringComparison.Ordinal);
        Assert.Contains("Gid:\t1001\t1001\t1001\t1001", status, StringComparison.Ordinal);
        Engine.Run("rm", "-f", "mapped").ShouldSucceed();
        running.Wait();
    }

    [Fact]
    public void A_container_without_maps_is_nobody() =>
        Assert.Equal("65534", Engine.RunRm("--net", "none", "--uidmap", "none", "busybox", "id", "-u").Text);

    [Fact]
    public void The_image_belongs_to_the_mapped_root_who_can_write_it() =>
        Assert.Equal(
            "0:0 0:0 0:0",
            Engine.RunRm("--net", "none", "--uidmap", "0:100000:65536", "--gidmap", "0:100000:65536", "busybox", "sh", "-c", "touch /bin/new /tmp/new && echo $(stat -c %u:%g /bin/busybox /bin/new /tmp/new)").Text);

    [Fact]
    public void A_mapped_container_has_its_system_file_systems_and_its_own_name() =>
        Assert.Equal(
            "inside 1 proc sysfs devpts",
            Engine.RunRm(
                "--net", "none", "--hostname", "inside", "--uidmap", "0:100000:65536", "--gidmap", "0:100000:65536", "busybox", "sh", "-c",
                "echo $(hostname) $$ $(for p in /proc /sys /dev/pts; do awk -v p=$p '$2 == p { print $3 }' /proc/mounts; done)").Text);

    [Fact]
    public void A_mapped_container_uses_the_network() =>
        Assert.Contains("eth0", Engine.RunRm("--uidmap", "0:100000:65536", "--gidmap", "0:100000:65536", "busybox", "ls", "/sys/class/net").Text, StringComparison.Ordinal);

    [Fact]
    public void A_user_outside_the_map_is_refused()
    {
        var outcome = Engine.Run("run", "--rm", "--net", "none", "--uidmap", "0:1000:1", "--gidmap", "0:1000:1", "--user", "5", "busybox", "id").ShouldExit(125);
        Assert.Contains("become user 5: EINVAL", outcome.Stderr, StringComparison.Ordinal);
    }
}
