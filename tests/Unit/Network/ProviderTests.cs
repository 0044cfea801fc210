using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Network.Bridge;
using MiniDock.Plugins.Network.Container;
using MiniDock.Plugins.Network.Host;
using MiniDock.Plugins.Network.Named;
using MiniDock.Plugins.Network.None;

namespace MiniDock.Tests.Unit.Network;

public sealed class ProviderTests : IDisposable
{
    private readonly TemporaryPaths _engine = new();
    private readonly BridgeNetworkProvider _bridge = new();

    public ProviderTests()
    {
        Directory.CreateDirectory(_engine.Paths.Networks);
        File.WriteAllText(Path.Combine(_engine.Paths.Networks, "bridge.json"), """{ "subnet": "10.9.0.0/24", "device": "mdtest" }""");
        File.WriteAllText(Path.Combine(_engine.Paths.Networks, "ovs.json"), """{ "subnet": "10.8.0.0/24", "driver": "ovs" }""");
    }

    [Theory]
    [InlineData("bridge")]
    [InlineData("bridge:bridge")]
    [InlineData("bridge,ip=10.9.0.7,mac=02:00:00:00:00:01,mtu=1400,name=lan0,gw=none,default=true")]
    public void Good_attachments_have_no_problem(string attachment) => Assert.Empty(_bridge.Validate(Request(attachment)));

    [Theory]
    [InlineData("bridge:missing", "ENOENT")]
    [InlineData("bridge:../bridge", "ENOENT")]
    [InlineData("bridge:ovs", "driver is ovs")]
    [InlineData("bridge,ip=10.9.1.7", "not a container's address of 10.9.0.0/24")]
    [InlineData("bridge,ip=10.9.0.1", "not a container's address")]
    [InlineData("bridge,ip=10.9.0.255", "not a container's address")]
    [InlineData("bridge,ip=x", "not a container's address")]
    [InlineData("bridge,ip6=fd00::2", "the network has no IPv6 addresses")]
    [InlineData("bridge,mac=01:00:5e:00:00:01", "not a unicast address")]
    [InlineData("bridge,mac=02:42", "not a unicast address")]
    [InlineData("bridge,mtu=67", "mtu 67")]
    [InlineData("bridge,mtu=many", "mtu many")]
    [InlineData("bridge,name=lo", "interface's name")]
    [InlineData("bridge,name=sixteen-letters-", "interface's name")]
    [InlineData("bridge,name=a\u001bb", "interface's name")]
    [InlineData("bridge,gw=10.9.0.2", "only none")]
    [InlineData("bridge,default=yes", "not true or false")]
    [InlineData("bridge,vlan=3", "option 'vlan'")]
    public void Bad_attachments_are_told(string attachment, string told)
    {
        var problem = Assert.Single(_bridge.Validate(Request(attachment)));
        Assert.Contains(told, problem.Message);
        Assert.DoesNotContain('\u001b', problem.Message);
    }

    [Fact]
    public void All_problems_of_an_attachment_are_told_at_once() =>
        Assert.Equal(4, _bridge.Validate(Request("bridge,ip=1.2.3.4,mac=x,mtu=1,bogus=1")).Count());

    [Fact]
    public void A_bridge_needs_a_network_namespace_of_the_containers_own()
    {
        var request = Request("bridge");
        request = request with { Spec = request.Spec with { Namespaces = [new(NamespaceType.Network, NamespaceMode.Host)] } };
        Assert.Contains("no network namespace of its own", Assert.Single(_bridge.Validate(request)).Message);
    }

    [Fact]
    public void Ports_that_cannot_be_published_are_told()
    {
        var request = Request("bridge");
        request = request with
        {
            Spec = request.Spec with
            {
                Ports = [new("::1", 80, 80), new(null, 80, 80), new("127.0.0.1", 80, 81), new(null, 81, 80, "icmp"), new(null, 80, 80, "udp")],
            },
        };
        Assert.Equal(3, _bridge.Validate(request).Count());
    }

    [Fact]
    public void Two_attachments_need_two_interface_names()
    {
        var spec = Spec("bridge", "bridge,name=eth0");
        Assert.Contains("EEXIST", Assert.Single(_bridge.Validate(RequestOf(spec, 1))).Message);
    }

    [Fact]
    public void A_plan_takes_the_address_before_the_clone_and_the_rest_after()
    {
        var steps = _bridge.Plan(Request("bridge")).ToList();
        Assert.Equal(["net.0.network", "net.0.lease", "net.0.port", "net.0.address"], steps.Select(s => s.Id));
        Assert.Equal([PlanPhase.HostBefore, PlanPhase.HostBefore, PlanPhase.HostAfter, PlanPhase.HostAfter], steps.Select(s => s.Phase));
        Assert.All(steps, s => Assert.NotNull(s.Shell));
        Assert.All(steps, s => Assert.Contains(_bridge.Handlers, h => h.Kind == s.Kind));
    }

    [Fact]
    public void Planning_the_default_network_of_a_new_root_changes_nothing()
    {
        using var fresh = new TemporaryPaths();
        var request = Request("bridge") with { Paths = fresh.Paths };
        Assert.Equal("true", _bridge.Plan(request).First().Arguments["new"]);
        Assert.False(Directory.Exists(fresh.Paths.Networks));
    }

    [Fact]
    public void Only_the_attachment_with_the_default_route_publishes()
    {
        var spec = Spec("bridge", "bridge,default=true") with { Ports = [new(null, 8080, 80)] };
        Assert.DoesNotContain(_bridge.Plan(RequestOf(spec, 0)), s => s.Id.EndsWith("publish", StringComparison.Ordinal));
        Assert.Equal("0.0.0.0:8080:80/tcp", _bridge.Plan(RequestOf(spec, 1)).Last().Arguments["ports"]);
    }

    [Fact]
    public void None_brings_up_the_loopback_of_a_new_namespace_only()
    {
        var none = new NoneNetworkProvider();
        Assert.Equal("loopback", Assert.Single(none.Plan(Request("none"))).Kind);
        var request = Request("none");
        request = request with { Spec = request.Spec with { Namespaces = [new(NamespaceType.Network, NamespaceMode.Path, "/run/netns/x")] } };
        Assert.Empty(none.Plan(request));
    }

    [Fact]
    public void Host_asks_for_the_hosts_namespace_and_plans_nothing()
    {
        var host = new HostNetworkProvider();
        Assert.Equal(NamespaceMode.Host, host.Namespace(Request("host"))!.Mode);
        Assert.Empty(host.Plan(Request("host")));
        Assert.Single(host.Validate(Request("host:x")));
        Assert.Single(host.Validate(Request("host,ip=10.0.0.1")));
    }

    [Fact]
    public void An_nsfs_file_is_joined_by_its_path()
    {
        var provider = new NamedNetworkProvider();
        Assert.Empty(provider.Validate(Request("ns:/proc/self/ns/net")));
        Assert.Equal(new NamespaceSpec(NamespaceType.Network, NamespaceMode.Path, "/proc/self/ns/net"), provider.Namespace(Request("ns:/proc/self/ns/net")));
        Assert.Equal("/run/netns/net1", provider.Namespace(Request("ns:net1"))!.Target);
    }

    [Theory]
    [InlineData("ns", "EINVAL")]
    [InlineData("ns:../x", "EINVAL")]
    [InlineData("ns:/no/such/file", "ENOENT")]
    [InlineData("ns:/etc/passwd", "not a namespace")]
    public void A_file_that_is_no_namespace_is_told(string attachment, string told) =>
        Assert.Contains(told, Assert.Single(new NamedNetworkProvider().Validate(Request(attachment))).Message);

    [Fact]
    public void Another_containers_namespace_is_asked_for_by_its_full_id()
    {
        var id = ContainerId.New();
        var provider = new ContainerNetworkProvider(new OneContainer("web", id, 42));
        Assert.Empty(provider.Validate(Request("container:web")));
        Assert.Equal(new NamespaceSpec(NamespaceType.Network, NamespaceMode.Container, id.Value), provider.Namespace(Request("container:web")));
    }

    [Theory]
    [InlineData("container:web", null, "ESRCH")]
    [InlineData("container:other", 42, "ENOENT")]
    [InlineData("container", 42, "missing")]
    public void A_container_that_cannot_be_joined_is_told(string attachment, int? pid, string told) =>
        Assert.Contains(told, Assert.Single(new ContainerNetworkProvider(new OneContainer("web", ContainerId.New(), pid)).Validate(Request(attachment))).Message);

    [Fact]
    public void What_belongs_to_the_joined_container_cannot_be_set_by_the_joining_one()
    {
        var request = Request("container:web");
        var spec = request.Spec with
        {
            Hostname = "x",
            Ports = [new(null, 80, 80)],
            Dns = new DnsSpec { Servers = ["192.0.2.1"], ExtraHosts = ["a:10.0.0.1"] },
        };
        Assert.Equal(4, new ContainerNetworkProvider(new OneContainer("web", ContainerId.New(), 42)).Validate(request with { Spec = spec }).Count());
    }

    public void Dispose() => _engine.Dispose();

    private NetworkRequest Request(string attachment) => RequestOf(Spec(attachment), 0);

    private NetworkRequest RequestOf(ContainerSpec spec, int index) => new(spec.Networks[index], index, spec, Facts, _engine.Paths);

    private static ContainerSpec Spec(params string[] attachments) => NameFilesTests.Spec() with { Networks = [.. attachments.Select(Parse)] };

    private static AttachmentSpec Parse(string text)
    {
        var parts = text.Split(',');
        var head = parts[0].Split(':', 2);
        return new AttachmentSpec(
            head[0], head.Length > 1 ? head[1] : null, parts.Skip(1).Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1]));
    }

    private static readonly HostFacts Facts = new()
    {
        KernelRelease = "6.18",
        BootId = "",
        EffectiveUserId = 0,
        BoundingCapabilities = 0,
        LastCapability = 40,
        FileSystems = new HashSet<string>(),
        Cgroups = new CgroupLayout(CgroupMode.None, null, new Dictionary<string, string>(), []),
        HardLimits = new Dictionary<string, ulong>(),
        Processors = 1,
        MemoryBytes = 1,
        Namespaces = new HashSet<string>(),
        HostName = "host",
    };

    private sealed record OneContainer(string Name, ContainerId Id, int? Pid) : IContainerDirectory
    {
        public ContainerId? Resolve(string nameOrId) => nameOrId == Name ? Id : null;

        public int? PidOf(ContainerId id) => id == Id ? Pid : null;
    }
}
