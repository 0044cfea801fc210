using MiniDock.Abstractions.Model;
using MiniDock.Plugins.Network;
using MiniDock.Plugins.Network.Ports;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Network;

/// <summary>IPv6 of bridges: addresses, NAT and published ports, with packets that are really sent.</summary>
public sealed class Ipv6Tests : IDisposable
{
    private const string OutsideAddress = "2001:db8:9::2";
    private const string HostAddress = "2001:db8:9::1";
    private readonly DirectEngine _engine = new();
    private readonly OutsideWorld _outside = new();

    public Ipv6Tests()
    {
        // The outside has no route to containers: what it answers came to it from the host's own address.
        HostCommand.Shell($"""
            ip address add {HostAddress}/64 dev {_outside.HostLink} nodad
            ip -n {Path.GetFileName(_outside.NamespacePath)} address add {OutsideAddress}/64 dev eth0 nodad
            """);
        _engine.Define("six", "10.243.0.0/24", "fd00:5e7::/64");
    }

    [Fact]
    public void A_container_reaches_its_neighbours_at_once_and_the_outside_sees_the_hosts_address()
    {
        var container = Attached();
        var neighbour = Attached();
        Assert.Matches("^fd00:5e7::[0-9a-f]+/64$", container.Lease["address6"]);
        Assert.DoesNotContain("tentative", container.Run("ip", "-6", "address", "show", "dev", "eth0", "scope", "global").ShouldSucceed().Stdout);
        Assert.Equal("0", container.Run("cat", "/proc/sys/net/ipv6/conf/eth0/accept_ra").ShouldSucceed().Text);
        using var server = Place.Of(neighbour).ServeTcp6(80);
        Assert.Equal(Address(container), Place.Of(container).AskTcp(Address(neighbour), 80));
        using var outer = Place.Of(_outside).ServeTcp6(80);
        Assert.Equal(HostAddress, Place.Of(container).AskTcp(OutsideAddress, 80));
    }

    [Fact]
    public void A_published_port_is_reached_in_both_families_and_told_for_both()
    {
        var container = Attached(new PortMapping(null, 0, 80));
        var neighbour = Attached();
        using var server = Place.Of(container).ServeTcp6(80);
        var ports = container.ReceiptsOfKind(NetworkStepKinds.Publish).Single()["ports"].Split(' ');
        var port = PortBinding.Parse(ports[0]).HostPort;
        Assert.Equal([$"0.0.0.0:{port}:80/tcp", $"[::]:{port}:80/tcp"], ports);
        Assert.Equal(OutsideAddress, Place.Of(_outside).AskTcp(HostAddress, port));
        Assert.NotEmpty(Place.Of(_outside).AskTcp(_outside.HostAddress, port));
        Assert.NotEmpty(Place.Host.AskTcp(HostAddress, port));
        Assert.NotEmpty(Place.Host.AskTcp("127.0.0.1", port));
        Assert.NotEmpty(Place.Of(neighbour).AskTcp(HostAddress, port));
        Assert.NotEmpty(Place.Of(container).AskTcp(HostAddress, port));

        container.Undo();
        Assert.True(Place.Of(_outside).IsClosed(HostAddress, port));
    }

    [Fact]
    public void A_port_of_one_address_is_that_addresss_alone_and_what_is_not_published_is_closed()
    {
        var container = Attached(new PortMapping(HostAddress, 8085, 80), new PortMapping(null, 5353, 53, "udp"));
        using var server = Place.Of(container).ServeTcp6(80);
        Assert.NotEmpty(Place.Of(_outside).AskTcp(HostAddress, 8085));
        Assert.True(Place.Of(_outside).IsClosed(_outside.HostAddress, 8085));
        HostCommand.Run("ip", "-n", Path.GetFileName(_outside.NamespacePath), "route", "add", "fd00:5e7::/64", "via", HostAddress).ShouldSucceed();
        Assert.True(Place.Of(_outside).IsClosed(Address(container), 80));
    }

    [Fact]
    public void A_taken_port_of_IPv6_is_told_with_its_holder()
    {
        using var holder = Place.Host.ServeTcp6(8086);
        var container = _engine.Container("bridge:six", new PortMapping("::", 8086, 80));
        var error = Assert.Throws<Abstractions.EngineException>(container.Attach);
        Assert.Contains($"[::]:8086/tcp: EADDRINUSE (in use by process {Environment.ProcessId}", error.Message);
        container.Undo();
    }

    [Theory]
    [InlineData("::1", "Linux passes nothing on from ::1", "bridge:six")]
    [InlineData("2001:db8:9::1", "the container has no IPv6 address", "bridge")]
    public void What_cannot_be_published_is_told(string address, string told, string network)
    {
        var container = _engine.Container(network, new PortMapping(address, 8087, 80));
        Assert.Contains(_engine.Bridge.Validate(container.Request), p => p.Message.Contains(told, StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _engine.Dispose();
        _outside.Dispose();
    }

    private DirectContainer Attached(params PortMapping[] ports) => _engine.Attached("bridge:six", ports);

    private static string Address(DirectContainer container) => container.Lease["address6"].Split('/')[0];
}
