using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Plugins.Network.Addresses;
using MiniDock.Plugins.Network.Ports;

namespace MiniDock.Tests.Unit.Network;

public sealed class PortTests : IDisposable
{
    private static readonly Ipv4Address Inside = Ipv4Address.Parse("10.9.0.2");
    private readonly TemporaryPaths _engine = new();

    [Theory]
    [InlineData("0.0.0.0:8080:80/tcp", "127.0.0.1:8080:81/tcp", true)]
    [InlineData("127.0.0.1:8080:80/tcp", "127.0.0.2:8080:80/tcp", false)]
    [InlineData("0.0.0.0:8080:80/tcp", "0.0.0.0:8080:80/udp", false)]
    [InlineData("0.0.0.0:8080:80/tcp", "0.0.0.0:8081:80/tcp", false)]
    public void Bindings_clash_where_a_packet_could_be_meant_for_both(string first, string second, bool clash)
    {
        Assert.Equal(clash, PortBinding.Parse(first).Clashes(PortBinding.Parse(second)));
        Assert.Equal(clash, PortBinding.Parse(second).Clashes(PortBinding.Parse(first)));
    }

    [Theory]
    [InlineData("0.0.0.0:8000-8010:80/tcp")]
    [InlineData("127.0.0.1:53:53/udp")]
    public void A_binding_is_read_as_it_is_written(string text) => Assert.Equal(text, PortBinding.Parse(text).ToString());

    [Fact]
    public void A_port_that_another_container_published_is_refused_with_its_holder()
    {
        using var book = PortBook.Open(_engine.Paths);
        var holder = _engine.NewContainer();
        var port = book.Reserve(new PortBinding(PortProtocol.Tcp, Ipv4Address.Any, 0, 80), Inside, holder, "web").Binding;
        var error = Assert.Throws<EngineException>(() => book.Reserve(port, Inside, _engine.NewContainer(), "other"));
        Assert.Equal($"publish port 0.0.0.0:{port.HostPort}/tcp: EADDRINUSE (published by container web ({holder.Short}))", error.Message);
    }

    [Fact]
    public void A_port_that_a_process_listens_on_is_refused_with_its_name()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var taken = (ushort)((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        using var book = PortBook.Open(_engine.Paths);
        var error = Assert.Throws<EngineException>(
            () => book.Reserve(new PortBinding(PortProtocol.Tcp, Ipv4Address.Any, taken, 80), Inside, _engine.NewContainer(), "x"));
        Assert.Contains($"in use by process {Environment.ProcessId} (", error.Message);
        Assert.Empty(book.All);
    }

    [Fact]
    public void An_address_that_is_not_this_hosts_is_refused()
    {
        using var book = PortBook.Open(_engine.Paths);
        var binding = new PortBinding(PortProtocol.Tcp, Ipv4Address.Parse("203.0.113.77"), 8080, 80);
        Assert.Contains("EADDRNOTAVAIL", Assert.Throws<EngineException>(() => book.Reserve(binding, Inside, _engine.NewContainer(), "x")).Message);
    }

    [Fact]
    public void Random_ports_differ_and_come_with_the_container_port()
    {
        using var book = PortBook.Open(_engine.Paths);
        var wanted = new PortBinding(PortProtocol.Udp, Ipv4Address.Any, 0, 53);
        var ports = Enumerable.Range(0, 20).Select(_ => book.Reserve(wanted, Inside, _engine.NewContainer(), "x")).ToList();
        Assert.Equal(20, ports.Select(p => p.Binding.HostPort).Distinct().Count());
        Assert.All(ports, p => Assert.Equal((53, PortProtocol.Udp), (p.Binding.ContainerPort, p.Binding.Protocol)));
    }

    [Fact]
    public void Records_survive_a_round_trip_with_the_longest_name()
    {
        var port = new PublishedPort(
            new PortBinding(PortProtocol.Sctp, Ipv4Address.Parse("255.255.255.255"), 65535, 65535),
            Ipv4Address.Parse("255.255.255.255"), ContainerId.New(), new string('n', 63));
        Assert.True(port.Format().Length < Plugins.Network.Records.RecordFile.RecordBytes);
        Assert.Equal(port, PublishedPort.Parse(port.Format()));
    }

    [Fact]
    public void Orphans_are_ports_of_containers_that_are_no_more()
    {
        using var book = PortBook.Open(_engine.Paths);
        var gone = _engine.NewContainer();
        var wanted = new PortBinding(PortProtocol.Tcp, Ipv4Address.Any, 0, 80);
        var port = book.Reserve(wanted, Inside, gone, "gone");
        book.Reserve(wanted, Inside, _engine.NewContainer(), "alive");
        _engine.End(gone);
        Assert.Equal([port], book.Orphans());
        book.Remove(book.Orphans());
        Assert.Equal("alive", Assert.Single(book.All).OwnerName);
    }

    [Theory]
    [InlineData("::1", (ushort)80, "tcp")]
    [InlineData("example", (ushort)80, "tcp")]
    [InlineData(null, (ushort)0, "tcp")]
    [InlineData(null, (ushort)80, "icmp")]
    public void Mappings_that_ipv4_cannot_hold_are_none(string? address, ushort port, string protocol) =>
        Assert.Null(PortBinding.From(new PortMapping(address, 80, port, protocol)));

    [Fact]
    public void The_listener_of_a_port_is_found_in_the_kernels_table()
    {
        const string Table =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
            + "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0\n"
            + "   1: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 0\n"
            + "   2: 0100007F:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1 0\n";
        Assert.Equal(["4711"], PortHolder.SocketsOn(Table, PortBinding.Parse("0.0.0.0:8080:80/tcp")));
    }

    public void Dispose() => _engine.Dispose();
}
