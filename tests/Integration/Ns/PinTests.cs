using MiniDock.Linux;
using MiniDock.Tests.Integration.Exec;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Ns;

public sealed class PinTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    [Fact]
    public void A_pinned_namespace_outlives_its_container_and_can_be_joined()
    {
        using var zion = new LivingContainer(Engine, "zion", "--hostname", "zion");
        var uts = zion.View.Namespace("uts");
        Engine.Run("ns", "pin", "zion", "uts", "x").ShouldSucceed();
        zion.End();
        Assert.Equal("uts  x", Engine.Run("ns", "ls", "--format", "{{.Type}} {{.SharedBy}} {{.Pins}}").ShouldSucceed().Text);

        using var later = new LivingContainer(Engine, "later", "--ns", "uts=x");
        Assert.Equal("zion", later.Exec("hostname").ShouldSucceed().Text);
        Assert.Equal(uts, later.View.Namespace("uts"));
        later.End();
        Engine.Run("ns", "unpin", "x").ShouldSucceed();
        Assert.Equal("", Engine.Run("ns", "ls", "-q").ShouldSucceed().Text);
    }

    [Fact]
    public void A_pinned_network_keeps_its_links()
    {
        using var zion = new LivingContainer(Engine, "zion", "--net", "none");
        Engine.Run("ns", "exec", "zion,net", "ip", "link", "add", "mine", "type", "bridge").ShouldSucceed();
        Engine.Run("ns", "pin", "zion", "net", "wires").ShouldSucceed();
        zion.End();
        Assert.Contains("mine", Engine.RunRm("--ns", "net=wires", "busybox", "ip", "link").Stdout);
        Engine.Run("ns", "unpin", "wires").ShouldSucceed();
    }

    [Fact]
    public void A_mount_namespace_can_be_pinned_in_one_that_is_older_than_it()
    {
        // The kernel tells the older by its id, and since Linux 6.18 each CPU hands these out of a range of its own: on the CPU
        // where the namespace of the tests was made, that of the container is newer; on another it may not be.
        var allowed = Processes.SchedAffinity();
        try
        {
            Assert.True(allowed.Any(PinsOn), "no CPU makes a mount namespace that is newer than ours");
        }
        finally
        {
            Processes.SetSchedAffinity(allowed);
        }
    }

    [Theory]
    [InlineData("ipc")]
    [InlineData("pid")]
    [InlineData("user")]
    [InlineData("cgroup")]
    [InlineData("time")]
    public void Every_type_can_be_pinned(string type)
    {
        using var zion = new LivingContainer(Engine, "zion");
        var identity = zion.View.Namespace(type);
        Engine.Run("ns", "pin", "zion", type, "x").ShouldSucceed();
        Assert.Contains($"{type} {identity.Split('[')[1].TrimEnd(']')} x", Engine.Run("ns", "ls", "--format", "{{.Type}} {{.Inode}} {{.Pins}}").ShouldSucceed().Lines);
        zion.End();
        Engine.Run("ns", "unpin", "x").ShouldSucceed();
    }

    // A process starts on the CPU of the thread that starts it.
    private bool PinsOn(int cpu)
    {
        Processes.SetSchedAffinity([cpu]);
        using var zion = new LivingContainer(Engine, "zion");
        var inode = zion.View.Namespace("mnt").Split('[')[1].TrimEnd(']');
        var pinned = Engine.Run("ns", "pin", "zion", "mnt", "x");
        if (pinned.ExitCode == 0)
        {
            Assert.Contains($"mnt {inode} x", Engine.Run("ns", "ls", "--format", "{{.Type}} {{.Inode}} {{.Pins}}").ShouldSucceed().Lines);
        }
        else
        {
            Assert.Contains("older than it", pinned.ShouldExit(1).Stderr);
        }

        zion.End();
        Engine.Run("ns", "unpin", "x").ShouldExit(pinned.ExitCode);
        return pinned.ExitCode == 0;
    }

    [Fact]
    public void Mistakes_are_told_and_change_nothing()
    {
        using var zion = new LivingContainer(Engine, "zion");
        Engine.Run("ns", "pin", "zion", "uts", "x").ShouldSucceed();
        Assert.Contains("namespace x: EEXIST", Engine.Run("ns", "pin", "zion", "net", "x").ShouldExit(1).Stderr);
        Assert.Contains("namespace ../x: EINVAL", Engine.Run("ns", "pin", "zion", "net", "../x").ShouldExit(1).Stderr);
        Assert.Contains("namespace type foo: EINVAL", Engine.Run("ns", "pin", "zion", "foo", "y").ShouldExit(1).Stderr);
        Assert.Contains("namespace y: ENOENT", Engine.Run("ns", "unpin", "y").ShouldExit(1).Stderr);
        Assert.Contains("no namespace is pinned under this name", Engine.Run("run", "--rm", "--ns", "uts=y", "busybox", "true").ShouldExit(125).Stderr);
        Engine.Run("ns", "unpin", "x").ShouldSucceed();
        zion.End();
    }
}
