using System.Globalization;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.ThirdParty;

/// <summary>The samples in C# that need no more than the packages: a VXLAN overlay between two hosts, which are two network namespaces here, and memory tiers.</summary>
public sealed class CompiledSampleTests(MinidockFixture fixture) : PluginTest(fixture)
{
    private const string First = "plugin-host1";
    private const string Second = "plugin-host2";

    [Fact]
    public void Containers_on_two_hosts_are_in_one_network_and_tiers_are_written_to_the_groups()
    {
        HostCommand.Compile($"{Repository.PathOf("eng/pack")} {Scratch}/packages");
        foreach (var name in new[] { "vxlan", "tiers" })
        {
            HostCommand.Shell($"cp -r {Repository.PathOf("samples/plugins")}/{name} {Place} && rm -rf {Place}/{name}/bin {Place}/{name}/obj");
            HostCommand.Compile($"dotnet publish {Place}/{name} -o {Place}/{name}/bin -v quiet -nologo -p:RestoreAdditionalProjectSources={Scratch}/packages >&2");
        }

        Directory.Delete(Path.Combine(Scratch, "packages"), recursive: true);
        TwoHosts();
        OneTier();
    }

    private void TwoHosts()
    {
        HostCommand.Shell($"""
            for h in {First} {Second}; do ip netns add $h; ip -n $h link set lo up; done
            ip -n {First} link add wire type veth peer name wire netns {Second}
            ip -n {First} address add 192.0.2.1/24 dev wire; ip -n {First} link set wire up
            ip -n {Second} address add 192.0.2.2/24 dev wire; ip -n {Second} link set wire up
            """);
        try
        {
            On(First, "run", "-d", "--name", "zion", "--net", "vxlan:42,ip=10.7.0.1/24,local=192.0.2.1,peer=192.0.2.2", "busybox", "sleep", "1000");
            var reached = On(Second, "run", "--rm", "--cap-add", "NET_RAW", "--net", "vxlan:42,ip=10.7.0.2/24,local=192.0.2.2,peer=192.0.2.1", "busybox", "sh", "-c", "ping -c 1 -w 60 10.7.0.1 >/dev/null && echo reached");
            Assert.Equal("reached", reached.Text);
            Assert.DoesNotContain("vxb42", HostCommand.Shell($"ip -n {Second} link").Stdout);
            Assert.Contains("vxb42", HostCommand.Shell($"ip -n {First} link").Stdout);
            On(First, "rm", "-f", "zion");
            Assert.DoesNotContain("vx", HostCommand.Shell($"ip -n {First} -o link | cut -d: -f2").Stdout);
            Assert.Contains("not a VNI", HostCommand.Run("nsenter", OnArguments(First, "run", "--rm", "--net", "vxlan:x,ip=10.7.0.1/24,local=192.0.2.1,peer=192.0.2.2", "busybox", "true")).ShouldExit(125).Stderr);
        }
        finally
        {
            HostCommand.Shell($"ip netns delete {First}; ip netns delete {Second}");
        }
    }

    private void OneTier()
    {
        Run("moon", "--mem", "128M", "--cgroup-driver", "tiers", "--label", "tier=gold", "busybox", "sleep", "1000");
        var group = ContainerView.Of(Engine, "moon").Proc("cgroup").Split('\n').First(l => l.Contains("/tier-gold/", StringComparison.Ordinal));
        var path = group[(group.IndexOf(":/", StringComparison.Ordinal) + 1)..];
        var file = new[] { $"/sys/fs/cgroup/memory{path}/memory.soft_limit_in_bytes", $"/sys/fs/cgroup{path}/memory.low" }.First(File.Exists);
        Assert.Equal((128 << 20).ToString(CultureInfo.InvariantCulture), File.ReadAllText(file).Trim());
        Assert.Contains("hint: the tiers are gold, silver and bronze", Engine.Run("run", "--rm", "--cgroup-driver", "tiers", "--label", "tier=wood", "busybox", "true").ShouldExit(125).Stderr);
    }

    private Outcome On(string host, params string[] arguments) => HostCommand.Run("nsenter", OnArguments(host, arguments)).ShouldSucceed();

    private string[] OnArguments(string host, params string[] arguments) =>
        [$"--net=/run/netns/{host}", "--", "env", $"MINIDOCK_PLUGIN_PATH={Place}", Minidock.Binary, "--root", Engine.Root, "--run-root", Engine.RunRoot, .. arguments];
}
