using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Exec;

/// <summary>A command that is executed in a container has what the container's first process has, seen from the host.</summary>
public sealed class SurroundingsTests(MinidockFixture fixture) : LeakChecked(fixture)
{
    private static readonly string[] Types = ["mnt", "uts", "ipc", "pid", "net", "user", "cgroup", "time"];
    private static readonly string[] Same = ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp", "Uid", "Gid", "Groups", "SigBlk", "SigIgn"];

    [Theory]
    [InlineData("")]
    [InlineData("--ns user=private --ns time=private")]
    [InlineData("--net host --pid host")]
    [InlineData("--security-opt no-new-privileges --cap-drop ALL --cap-add NET_RAW")]
    [InlineData("--security-opt seccomp=unconfined")]
    [InlineData("--user 1000:1000")]
    [InlineData("--ulimit nofile=99:100")]
    public void Namespaces_groups_and_rights_are_those_of_the_first_process(string flags)
    {
        using var zion = new LivingContainer(Engine, "zion", flags.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        using var exec = zion.Begin();
        var entered = $"/proc/{LivingContainer.ProcessOf(exec)}";
        Assert.All(Types, type => Assert.Equal(zion.View.Namespace(type), ProcFile.TryReadLink($"{entered}/ns/{type}")));
        Assert.Equal(zion.View.Proc("cgroup"), ProcFile.TryRead($"{entered}/cgroup"));
        Assert.Equal(zion.View.Proc("limits"), ProcFile.TryRead($"{entered}/limits"));
        Assert.Equal(Status(zion.View.Proc("status")), Status(ProcFile.TryRead($"{entered}/status")));
        Assert.Equal(zion.View.Proc("mountinfo"), ProcFile.TryRead($"{entered}/mountinfo"));
        exec.CloseStdin();
        exec.Wait().ShouldSucceed();
        zion.End();
    }

    [Fact]
    public void The_oom_killer_prefers_it_as_much()
    {
        using var zion = new LivingContainer(Engine, "zion", "--oom-score-adj", "321");
        Assert.Equal("321", zion.Exec("cat", "/proc/self/oom_score_adj").ShouldSucceed().Text);
        zion.End();
    }

    [Fact]
    public void Privileged_gives_all_capabilities_of_the_engine_and_no_filter()
    {
        using var zion = new LivingContainer(Engine, "zion");
        using var exec = zion.Begin("--privileged");
        var status = Status(ProcFile.TryRead($"/proc/{LivingContainer.ProcessOf(exec)}/status"));
        Assert.Contains("Seccomp:\t0", status);
        var all = Status(ProcFile.TryRead("/proc/self/status")).Single(line => line.StartsWith("CapBnd", StringComparison.Ordinal))[7..];
        Assert.Contains($"CapEff:{all}", status);
        exec.CloseStdin();
        exec.Wait().ShouldSucceed();
        zion.End();
    }

    [Fact]
    public void The_environment_is_the_containers_with_what_is_added()
    {
        using var zion = new LivingContainer(Engine, "zion", "-e", "A=1", "-e", "B=2");
        var lines = zion.ExecWith("-e B=3 -e C=4", "env").ShouldSucceed().Lines;
        Assert.All(["A=1", "B=3", "C=4", "HOME=/root"], variable => Assert.Contains(variable, lines));
        Assert.DoesNotContain("B=2", lines);
        zion.End();
    }

    [Fact]
    public void User_and_directory_can_be_chosen()
    {
        using var zion = new LivingContainer(Engine, "zion", "-w", "/etc");
        Assert.Equal("/etc", zion.Exec("pwd").ShouldSucceed().Text);
        Assert.Equal("/tmp", zion.ExecWith("-w /tmp", "pwd").ShouldSucceed().Text);
        Assert.Equal("65534", zion.ExecWith("-u nobody", "id", "-u").ShouldSucceed().Text);
        Assert.Equal("5:6", zion.ExecWith("-u 5:6", "sh", "-c", "echo $(id -u):$(id -g)").ShouldSucceed().Text);
        zion.End();
    }

    [Fact]
    public void A_directory_that_is_not_there_is_not_made()
    {
        using var zion = new LivingContainer(Engine, "zion");
        Assert.Contains("enter directory /nowhere: ENOENT", zion.ExecWith("-w /nowhere", "pwd").ShouldExit(125).Stderr);
        zion.Exec("test", "-e", "/nowhere").ShouldExit(1);
        zion.End();
    }

    private static string[] Status(string status) =>
        [.. status.Split('\n').Where(line => Same.Any(name => line.StartsWith(name + ":", StringComparison.Ordinal)))];
}
