using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Capabilities;

public sealed class MemoryTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    [Fact]
    public void A_command_that_outgrows_its_memory_is_killed_and_that_is_told()
    {
        Engine.Run("run", "--name", "hungry", "--mem", "100M", "busybox", "dd", "if=/dev/zero", "of=/dev/null", "bs=300M", "count=1").ShouldExit(137);
        Assert.Equal("true", Engine.Run("inspect", "-f", "{{.State.OOMKilled}}", "hungry").ShouldSucceed().Text);
        Engine.Run("rm", "hungry").ShouldSucceed();
    }

    [Fact]
    public void A_command_within_its_memory_is_not_called_killed()
    {
        Engine.Run("run", "--name", "modest", "--mem", "100M", "busybox", "true").ShouldSucceed();
        Assert.Equal("false", Engine.Run("inspect", "-f", "{{.State.OOMKilled}}", "modest").ShouldSucceed().Text);
        Engine.Run("rm", "modest").ShouldSucceed();
    }

    [Fact]
    public void Swappiness_zero_is_set_or_a_stated_substitute()
    {
        using var container = Engine.Start(
            "run", "--rm", "-i", "--name", "c1", "--mem", "100M", "--memory-swappiness", "0", "busybox", "sh", "-c", "echo ready; exec cat");
        container.WaitForOutput("ready");
        var view = ContainerView.Of(Engine, "c1");
        if (HostCgroups.MountPoints().Any(point => point.EndsWith("/memory", StringComparison.Ordinal)))
        {
            Assert.Equal("0", File.ReadAllText(Path.Combine(view.CgroupDirectory("memory"), "memory.swappiness")).Trim());
        }
        else
        {
            Assert.Equal("0", File.ReadAllText(Path.Combine(view.CgroupDirectory(""), "memory.swap.max")).Trim());
            Assert.Contains("memory.swap.max", container.Stderr);
        }

        container.CloseStdin();
        container.Wait().ShouldSucceed();
    }
}
