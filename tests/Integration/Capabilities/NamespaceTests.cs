using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Capabilities;

public sealed class NamespaceTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    private static readonly string[] Types = ["mnt", "uts", "ipc", "pid", "net", "cgroup"];

    [Fact]
    public void Each_namespace_is_the_containers_own()
    {
        using var container = Begin("c1");
        var view = ContainerView.Of(Engine, "c1");
        Assert.All(Types, type => Assert.NotEqual(ContainerView.HostNamespace(type), view.Namespace(type)));
        Assert.Equal(ContainerView.HostNamespace("user"), view.Namespace("user"));
        End(container);
    }

    [Theory]
    [InlineData("net")]
    [InlineData("ipc")]
    [InlineData("uts")]
    [InlineData("pid")]
    [InlineData("cgroup")]
    public void Any_of_them_can_be_the_hosts(string type)
    {
        using var container = Begin("c1", "--ns", $"{type}=host");
        var view = ContainerView.Of(Engine, "c1");
        Assert.Equal(ContainerView.HostNamespace(type), view.Namespace(type));
        Assert.All(Types.Where(other => other != type), other => Assert.NotEqual(ContainerView.HostNamespace(other), view.Namespace(other)));
        End(container);
    }

    [Theory]
    [InlineData("user")]
    [InlineData("time")]
    public void One_that_is_shared_by_default_can_be_private(string type)
    {
        using var container = Begin("c1", "--ns", $"{type}=private");
        Assert.NotEqual(ContainerView.HostNamespace(type), ContainerView.Of(Engine, "c1").Namespace(type));
        End(container);
    }

    [Theory]
    [InlineData("net")]
    [InlineData("ipc")]
    [InlineData("uts")]
    [InlineData("pid")]
    public void It_can_be_another_containers(string type)
    {
        using var first = Begin("c1");
        using var second = Begin("c2", "--ns", $"{type}=container:c1");
        Assert.Equal(ContainerView.Of(Engine, "c1").Namespace(type), ContainerView.Of(Engine, "c2").Namespace(type));
        End(second);
        End(first);
    }

    [Fact]
    public void It_can_be_any_namespace_that_has_a_path()
    {
        using var container = Begin("c1", "--ns", "uts=/proc/self/ns/uts");
        Assert.Equal(ContainerView.HostNamespace("uts"), ContainerView.Of(Engine, "c1").Namespace("uts"));
        End(container);
    }

    [Fact]
    public void The_cgroup_namespace_shows_the_containers_group_as_the_root() =>
        Assert.All(Engine.RunRm("busybox", "cat", "/proc/self/cgroup").Lines, line => Assert.EndsWith(":/", line));

    private RunningCommand Begin(string name, params string[] flags)
    {
        var container = Engine.Start(["run", "--rm", "-i", "--name", name, .. flags, "busybox", "sh", "-c", "echo ready; exec cat"]);
        container.WaitForOutput("ready");
        return container;
    }

    private static void End(RunningCommand container)
    {
        container.CloseStdin();
        container.Wait().ShouldSucceed();
    }
}
