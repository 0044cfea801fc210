using MiniDock.Tests.Integration.Harness;
using MiniDock.Tests.Integration.Life;

namespace MiniDock.Tests.Integration.Network;

/// <summary><c>--net ns:NAME</c> and <c>--net ns:/path</c> (CAPABILITIES rows 22 and 23): joined, not made anew, and left as it was.</summary>
public sealed class NamedNamespaceTests(MinidockFixture fixture) : LifeTest(fixture)
{
    [Fact]
    public void A_name_of_ip_netns_is_joined_with_its_devices_and_can_be_deleted_afterwards()
    {
        HostCommand.Shell("ip netns add net1; ip -n net1 link add in1 type veth peer name in2");
        Start("ns:net1");
        Assert.Equal(Inode("/run/netns/net1"), Inside("readlink", "/proc/self/ns/net"));
        Assert.Contains("in1", Inside("ip", "link"));

        // What comes later is seen too, and the name was not put over by another namespace.
        HostCommand.Shell("ip link add late type veth peer name far netns net1");
        Assert.Contains("far", Inside("ip", "link"));
        Assert.Equal(1, NamespacesAt("/run/netns/net1"));

        Engine.Run("restart", "-t", "0", "zion").ShouldSucceed();
        Assert.Equal(Inode("/run/netns/net1"), Inside("readlink", "/proc/self/ns/net"));
        Engine.Run("rm", "-f", "zion").ShouldSucceed();
        Assert.Contains("in1", HostCommand.Run("ip", "-n", "net1", "link").ShouldSucceed().Stdout);
        HostCommand.Run("ip", "netns", "del", "net1").ShouldSucceed();
        Assert.DoesNotContain("net1", HostCommand.Run("ip", "netns").Stdout);
        Eventually.True(() => HostCommand.Run("ip", "link", "show", "late").ExitCode != 0, "the namespace has ended: nothing holds it");
    }

    [Fact]
    public void A_file_that_unshare_has_made_is_joined_and_let_go()
    {
        var file = Path.Combine(Scratch, "netns");
        HostCommand.Shell($"touch {file}; unshare --net={file} ip link add in1 type veth peer name in2");
        Start($"ns:{file}");
        Assert.Equal(Inode(file), Inside("readlink", "/proc/self/ns/net"));
        Assert.Contains("in1", Inside("ip", "link"));
        Engine.Run("rm", "-f", "zion").ShouldSucceed();
        Assert.Equal(1, NamespacesAt(file));
        HostCommand.Shell($"umount {file}; rm {file}");
    }

    [Fact]
    public void A_namespace_that_unshare_has_hidden_is_told_and_the_container_that_had_it_keeps_it()
    {
        HostCommand.Shell("ip netns add net1; ip -n net1 link add in1 type veth peer name in2");
        var real = Inode("/run/netns/net1");
        Start("ns:net1");

        // The mistake: it makes another namespace and mounts it over the one that is there.
        HostCommand.Shell("unshare --net=/run/netns/net1 true");
        Assert.NotEqual(real, Inode("/run/netns/net1"));
        Assert.Equal(real, Inside("readlink", "/proc/self/ns/net"));
        var outcome = Engine.Run("run", "--rm", "--net", "ns:net1", "busybox", "ip", "link").ShouldExit(125);
        Assert.Contains("network namespace /run/netns/net1: EBUSY (another namespace is hidden under it)", outcome.Stderr);
        Assert.Contains("hint: unshare --net=FILE makes a new one over it; umount /run/netns/net1 shows the first again", outcome.Stderr);
        HostCommand.Shell("umount /run/netns/net1");
        Assert.Contains("in1", Engine.RunRm("--net", "ns:net1", "busybox", "ip", "link").Stdout);
        Engine.Run("rm", "-f", "zion").ShouldSucceed();
        HostCommand.Run("ip", "netns", "del", "net1").ShouldSucceed();
    }

    protected override void TearDown()
    {
        base.TearDown();
        HostCommand.Run("sh", "-c", "while umount /run/netns/net1; do :; done 2> /dev/null; rm -f /run/netns/net1");
    }

    private void Start(string network) =>
        Engine.Run("run", "-d", "--name", "zion", "--net", network, "busybox", "sleep", "1000").ShouldSucceed();

    private string Inside(params string[] command) => Engine.Run(["exec", "zion", .. command]).ShouldSucceed().Text;

    private static int NamespacesAt(string file) =>
        File.ReadAllLines("/proc/self/mountinfo").Select(l => l.Split(' ')).Where(f => f[4] == file).Select(f => f[3]).Distinct().Count();

    private static string Inode(string file) => $"net:[{HostCommand.Run("stat", "-L", "-c", "%i", file).ShouldSucceed().Text}]";
}
