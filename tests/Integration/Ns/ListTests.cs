using System.Text.Json;
using MiniDock.Tests.Integration.Exec;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Ns;

public sealed class ListTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    private static readonly string[] Types = ["mnt", "uts", "ipc", "pid", "net", "user", "cgroup", "time"];

    [Fact]
    public void Each_namespace_is_listed_by_the_kernels_identity_of_it()
    {
        using var zion = new LivingContainer(Engine, "zion");
        var rows = Rows("zion");
        Assert.Equal(Types, rows.Select(row => row.GetProperty("Type").GetString()));
        Assert.All(rows, row =>
        {
            var type = row.GetProperty("Type").GetString()!;
            Assert.Equal($"{type}:[{row.GetProperty("Inode").GetUInt64()}]", zion.View.Namespace(type));
            Assert.Equal(HostCommand.Run("stat", "-Lc", "%d:%i", $"/proc/{zion.View.Pid}/ns/{type}").Text, row.GetProperty("Namespace").GetString());
            Assert.Equal(zion.View.Namespace(type) == ContainerView.HostNamespace(type), row.GetProperty("Host").GetBoolean());
        });
        Assert.Equal(2, rows.Count(row => row.GetProperty("SharedBy").GetString() == "(host), zion"));
        zion.End();
    }

    [Fact]
    public void Containers_that_share_one_are_named_together()
    {
        using var first = new LivingContainer(Engine, "one");
        using var second = new LivingContainer(Engine, "two", "--net", "container:one", "--uts", "host");
        var lines = Engine.Run("ns", "ls", "--format", "{{.Type}} {{.SharedBy}}").ShouldSucceed().Lines;
        Assert.Contains("net one, two", lines);
        Assert.Contains("uts one", lines);
        Assert.Contains("uts (host), two", lines);
        Assert.Contains("ipc one", lines);
        Assert.Contains("ipc two", lines);
        var shared = Engine.Run("ns", "ls", "--filter", "shared=true", "--filter", "host=false", "--format", "{{.Type}}").ShouldSucceed();
        Assert.Equal(["net"], shared.Lines);
        Assert.Contains("no such filter", Engine.Run("ns", "ls", "--filter", "x=y").ShouldExit(1).Stderr);
        second.End();
        first.End();
        Assert.Equal("", Engine.Run("ns", "ls", "-q").ShouldSucceed().Text);
    }

    [Fact]
    public void A_container_that_does_not_run_has_none()
    {
        Engine.Run("run", "--name", "zion", "busybox", "true").ShouldSucceed();
        Assert.Contains("ESRCH (is not running)", Engine.Run("ns", "ls", "zion").ShouldExit(1).Stderr);
        Engine.Run("rm", "zion").ShouldSucceed();
    }

    private JsonElement[] Rows(string container)
    {
        using var json = JsonDocument.Parse(Engine.Run("--json", "ns", "ls", container).ShouldSucceed().Stdout);
        return [.. json.RootElement.Clone().EnumerateArray()];
    }
}
