using MiniDock.Tests.Integration.Exec;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Ns;

public sealed class EnterTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    [Fact]
    public void A_tool_of_the_host_looks_at_the_containers_network()
    {
        using var zion = new LivingContainer(Engine, "zion");
        var inside = Engine.Run("ns", "exec", "zion,net", "ip", "-o", "-4", "addr", "show", "eth0").ShouldSucceed().Text;
        Assert.Contains(zion.Exec("ip", "-4", "addr", "show", "eth0").Text.Split("inet ")[1].Split('/')[0], inside);
        zion.End();
    }

    [Theory]
    [InlineData("zion,net", "net")]
    [InlineData("zion,uts,ipc", "uts ipc")]
    [InlineData("zion,pid,cgroup", "pid cgroup")]
    public void Only_the_types_that_are_named_are_entered(string target, string entered)
    {
        using var zion = new LivingContainer(Engine, "zion");
        using var tool = Engine.Start("ns", "exec", target, "sh", "-c", "echo ready; exec cat");
        tool.WaitForOutput("ready");
        var process = LivingContainer.ProcessOf(tool);
        Assert.All(["mnt", "uts", "ipc", "pid", "net", "cgroup"], type => Assert.Equal(
            entered.Split(' ').Contains(type) ? zion.View.Namespace(type) : ContainerView.HostNamespace(type), ProcFile.TryReadLink($"/proc/{process}/ns/{type}")));
        tool.CloseStdin();
        tool.Wait().ShouldSucceed();
        zion.End();
    }

    [Fact]
    public void Without_types_all_are_entered_and_the_tool_is_the_containers()
    {
        using var zion = new LivingContainer(Engine, "zion");
        Assert.Equal(["COMMAND", "cat", "ps"], Engine.Run("ns", "exec", "zion", "ps", "-o", "comm").ShouldSucceed().Lines);
        zion.End();
    }

    [Fact]
    public void A_user_namespace_is_entered_as_its_root()
    {
        using var zion = new LivingContainer(Engine, "zion", "--uidmap", "0:100000:65536", "--gidmap", "0:100000:65536");
        Assert.Equal("0", Engine.Run("ns", "exec", "zion", "id", "-u").ShouldSucceed().Text);
        Assert.Equal("0", zion.Exec("id", "-u").ShouldSucceed().Text);
        zion.End();
    }

    [Fact]
    public void The_exit_code_is_the_commands_and_mistakes_are_told()
    {
        using var zion = new LivingContainer(Engine, "zion");
        Engine.Run("ns", "exec", "zion,net", "sh", "-c", "exit 7").ShouldExit(7);
        Engine.Run("ns", "exec", "zion,net", "nothing-of-this-name").ShouldExit(127);
        Engine.Run("ns", "exec", "zion,net", "/etc/passwd").ShouldExit(126);
        Assert.Contains("namespace type foo: EINVAL", Engine.Run("ns", "exec", "zion,foo", "true").ShouldExit(1).Stderr);
        zion.End();
        Engine.Run("ns", "exec", "zion,net", "true").ShouldExit(1);
    }

    [Fact]
    public void The_tool_dies_with_an_engine_that_is_killed()
    {
        using var zion = new LivingContainer(Engine, "zion");
        using var tool = Engine.Start("ns", "exec", "zion,net", "sh", "-c", "echo ready; exec cat");
        tool.WaitForOutput("ready");
        var process = LivingContainer.ProcessOf(tool);
        tool.Signal("KILL");
        Eventually.True(() => !Directory.Exists($"/proc/{process}"), "the tool is gone");
        zion.End();
    }
}
