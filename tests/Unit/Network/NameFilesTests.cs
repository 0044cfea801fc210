using MiniDock.Abstractions.Model;
using MiniDock.Plugins.Network.Names;

namespace MiniDock.Tests.Unit.Network;

public sealed class NameFilesTests
{
    [Fact]
    public void Loopback_servers_of_the_host_are_out_of_a_containers_reach()
    {
        var host = ResolvConf.Parse("nameserver 127.0.0.53\nnameserver 192.0.2.53\nnameserver ::1\n");
        Assert.Equal(["192.0.2.53"], host.For(new DnsSpec(), ownNetwork: true).Servers);
        Assert.Equal(3, host.For(new DnsSpec(), ownNetwork: false).Servers.Count);
    }

    [Fact]
    public void A_container_without_any_server_left_gets_public_ones() =>
        Assert.Equal(ResolvConf.Fallback, ResolvConf.Parse("nameserver 127.0.0.1\n").For(new DnsSpec(), ownNetwork: true).Servers);

    [Fact]
    public void What_was_asked_for_replaces_the_hosts_and_the_rest_stays()
    {
        var host = ResolvConf.Parse("# made by hand\nnameserver 192.0.2.53\ndomain old\nsearch example.org\toffice\noptions ndots:2\n");
        var dns = new DnsSpec { Servers = ["198.51.100.1", "2001:db8::1"] };
        Assert.Equal(
            "nameserver 198.51.100.1\nnameserver 2001:db8::1\nsearch example.org office\noptions ndots:2\n",
            host.For(dns, ownNetwork: true).ToString());
    }

    [Fact]
    public void A_search_domain_of_one_dot_means_none() =>
        Assert.DoesNotContain("search", ResolvConf.Parse("search example.org\n").For(new DnsSpec { Search = ["."] }, true).ToString());

    [Fact]
    public void Hosts_names_the_container_by_each_of_its_addresses()
    {
        var text = HostsFile.Text("zion", "example.org", ["10.9.0.2", "10.8.0.2"], ["db:10.9.0.9", "gw:host-gateway", "six:2001:db8::1"], "10.9.0.1");
        Assert.StartsWith("127.0.0.1\tlocalhost\n", text);
        Assert.EndsWith(
            "10.9.0.2\tzion.example.org zion\n10.8.0.2\tzion.example.org zion\n10.9.0.9\tdb\n10.9.0.1\tgw\n2001:db8::1\tsix\n", text);
    }

    [Fact]
    public void A_container_without_addresses_still_finds_its_own_name() =>
        Assert.Contains("\tzion\n", HostsFile.Text("zion", null, [], [], null));

    [Fact]
    public void The_hosts_own_file_is_kept_and_ended_before_lines_are_added() =>
        Assert.Equal("127.0.0.1 localhost\n10.9.0.9\tdb\n", HostsFile.OfHost("127.0.0.1 localhost", ["db:10.9.0.9"]));

    [Theory]
    [InlineData("zion\n127.0.0.1 bank")]
    [InlineData("zi on")]
    [InlineData("zi\u007fon")]
    [InlineData("-zion")]
    [InlineData("")]
    public void Host_names_that_could_add_a_line_are_refused(string name)
    {
        var problem = Assert.Single(NameProblems.Of(Spec() with { Hostname = name }));
        Assert.DoesNotContain('\n', problem.Message);
        Assert.DoesNotContain('\u007f', problem.Message);
    }

    [Theory]
    [InlineData("zion")]
    [InlineData("a.b-c_d.example")]
    public void Host_names_that_are_plain_are_taken(string name) => Assert.Empty(NameProblems.Of(Spec() with { Hostname = name }));

    [Fact]
    public void Every_bad_value_is_named_at_once()
    {
        var dns = new DnsSpec
        {
            Servers = ["8.8.8.8\nnameserver 6.6.6.6", "dns.example"],
            Search = ["a b", "ok.example"],
            Options = ["ndots:1\noptions x", "timeout:1"],
            ExtraHosts = ["db:10.0.0.1\n6.6.6.6 bank", "noaddress", "x:y", "good:10.0.0.1", "gw:host-gateway"],
        };
        Assert.Equal(7, NameProblems.Of(Spec() with { Dns = dns }).Count());
    }

    [Fact]
    public void The_host_name_is_the_ids_unless_the_uts_namespace_is_shared()
    {
        var spec = Spec();
        Assert.Equal(spec.Id.Short, NetworkMode.HostNameOf(spec, "box"));
        Assert.Equal("box", NetworkMode.HostNameOf(spec with { Namespaces = [new(NamespaceType.Uts, NamespaceMode.Host)] }, "box"));
        Assert.Equal("zion", NetworkMode.HostNameOf(spec with { Hostname = "zion" }, "box"));
    }

    internal static ContainerSpec Spec() => new()
    {
        Id = ContainerId.New(),
        Name = "test",
        Created = DateTimeOffset.UnixEpoch,
        Image = new ImageSelection("busybox:latest", Digest.FromHash(new byte[32]), []),
        Process = new ProcessSpec { Arguments = ["true"] },
    };
}
