using System.Globalization;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;
using MiniDock.Linux.Netlink;
using MiniDock.Linux.Nftables;
using MiniDock.Plugins.Network.Addresses;
using MiniDock.Plugins.Network.Bridge;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Plugins.Network.Ports;

namespace MiniDock.Plugins.Network.Filter;

/// <summary>Keeps the packet filter of a root in order: NAT, the separation of networks, published ports.</summary>
internal sealed class PacketFilter(EnginePaths paths)
{
    private readonly NftTable _table = new(NftFamily.Inet, NetworkNames.Table(paths));

    /// <summary>Makes the table and the network's elements where they are missing. Costs one question while nobody has changed any table
    /// since the last time.</summary>
    /// <param name="network">The network.</param>
    /// <param name="mustLook">The network's bridge was not there either: after a reboot, or in another network namespace, generations count anew
    /// and one may be the same by chance.</param>
    public void Ensure(NetworkDefinition network, bool mustLook)
    {
        using var socket = NetlinkSocket.Open(NetlinkProtocol.Netfilter);
        var generation = socket.Generation();
        if (!mustLook && ReadGeneration(network) == generation)
        {
            return;
        }

        var changed = false;
        if (!IsComplete(socket, network))
        {
            using var book = PortBook.Open(paths);
            if (!IsComplete(socket, network))
            {
                Rebuild(socket, network, book);
            }

            changed = true;
        }

        // After a change of ours, what others changed since the question would go unnoticed: the next run looks again.
        if (!DockerChain.Ensure(socket, network) && !changed)
        {
            WriteGeneration(network, generation);
        }
    }

    /// <summary>Adds the elements of published ports; makes the table again where it was deleted from outside.</summary>
    /// <param name="network">The network of the container.</param>
    /// <param name="ports">The ports, which are in the book already.</param>
    /// <param name="book">The book, locked.</param>
    public void Publish(NetworkDefinition network, IReadOnlyList<PublishedPort> ports, PortBook book)
    {
        using var socket = NetlinkSocket.Open(NetlinkProtocol.Netfilter);
        var batch = new NftBatch();
        AddPorts(batch, ports);
        switch (socket.TryExecute(batch))
        {
            case null:
                return;
            case { Errno: Errno.ENOENT }:
                Rebuild(socket, network, book);
                return;
            case var failure:
                throw failure;
        }
    }

    /// <summary>Takes the elements of published ports out; what is missing already is no error.</summary>
    public void Withdraw(IReadOnlyList<PublishedPort> ports)
    {
        if (ports.Count == 0)
        {
            return;
        }

        using var socket = NetlinkSocket.Open(NetlinkProtocol.Netfilter);
        foreach (var port in ports)
        {
            var batch = new NftBatch();
            batch.DeleteElements(_table, MapOf(port), [new NftElement(KeyOf(port))]);
            if (socket.TryExecute(batch) is { } failure && failure.Errno != Errno.ENOENT)
            {
                throw failure;
            }
        }
    }

    /// <summary>Makes the whole table again, with all networks and published ports, in one transaction.</summary>
    public void Reload(NetworkDefinition network)
    {
        using var socket = NetlinkSocket.Open(NetlinkProtocol.Netfilter);
        using var book = PortBook.Open(paths);
        Rebuild(socket, network, book);
        DockerChain.Ensure(socket, network);
        if (book.LeadsTo(network.Subnet))
        {
            Forwarding.RouteLoopback(network.Device);
        }
    }

    /// <summary>Takes a network out that is no more; what is missing already is no error.</summary>
    public void Remove(NetworkDefinition network)
    {
        using var socket = NetlinkSocket.Open(NetlinkProtocol.Netfilter);
        (string Set, NftElement Element)[] elements =
        [
            (FilterTable.Networks, RangeOf(network.Subnet)), (FilterTable.Internal, Bridge(network.Device)),
            (FilterTable.Bridges, Bridge(network.Device)), (FilterTable.Same, Same(network.Device)),
        ];
        if (network.Subnet6 is { } subnet6)
        {
            elements = [.. elements, (FilterTable.Networks6, RangeOf(subnet6))];
        }

        foreach (var (set, element) in elements)
        {
            var batch = new NftBatch();
            batch.DeleteElements(_table, set, [element]);
            if (socket.TryExecute(batch) is { } failure && failure.Errno != Errno.ENOENT)
            {
                throw failure;
            }
        }

        DockerChain.Remove(socket, network.Device);
        if (File.Exists(GenerationFile(network)))
        {
            File.Delete(GenerationFile(network));
        }
    }

    private bool IsComplete(NetlinkSocket socket, NetworkDefinition network)
    {
        var rules = socket.Rules(_table).Select(r => (r.Chain, r.Comment)).ToHashSet();
        var key = new NftValue().InterfaceName(network.Device).Bytes.ToArray();
        return FilterTable.Expected.All(rules.Contains)
            && socket.Elements(_table, FilterTable.Bridges).Exists(e => e.Key.AsSpan().SequenceEqual(key));
    }

    private void Rebuild(NetlinkSocket socket, NetworkDefinition network, PortBook book)
    {
        var batch = new NftBatch();
        FilterTable.Write(batch, _table);
        var networks = new DefinitionStore(paths).List().Where(d => d.Driver == network.Driver).Append(network).DistinctBy(d => d.Name).ToList();
        var devices = networks.Select(n => n.Device).Distinct().ToList();
        batch.AddElements(_table, FilterTable.Networks, [.. networks.Where(n => !n.IsInternal).Select(n => RangeOf(n.Subnet))]);
        batch.AddElements(_table, FilterTable.Networks6, [.. networks.Where(n => !n.IsInternal).Select(n => n.Subnet6).OfType<Ipv6Subnet>().Select(RangeOf)]);
        batch.AddElements(_table, FilterTable.Bridges, [.. devices.Select(Bridge)]);
        batch.AddElements(_table, FilterTable.Same, [.. devices.Select(Same)]);
        batch.AddElements(_table, FilterTable.Internal, [.. networks.Where(n => n.IsInternal).Select(n => Bridge(n.Device))]);
        AddPorts(batch, [.. book.All]);
        socket.Execute(batch);
    }

    private void AddPorts(NftBatch batch, IReadOnlyList<PublishedPort> ports)
    {
        foreach (var map in ports.Where(p => !p.IsByOthers).GroupBy(MapOf))
        {
            batch.AddElements(_table, map.Key, [.. map.Select(p => new NftElement(KeyOf(p), TargetOf(p)))]);
        }
    }

    private static string MapOf(PublishedPort port) =>
        (port.Binding.IsOfAny, port.Binding.IsVersion6) switch
        {
            (true, false) => FilterTable.Ports,
            (true, true) => FilterTable.Ports6,
            (false, false) => FilterTable.AddressPorts,
            (false, true) => FilterTable.AddressPorts6,
        };

    private static NftValue KeyOf(PublishedPort port)
    {
        var key = new NftValue();
        if (port.Binding is { IsOfAny: false, HostAddress: { } address })
        {
            key.Address(address);
        }

        return key.Protocol((byte)port.Binding.Protocol).Port(port.Binding.HostPort);
    }

    private static NftElement Bridge(string device) => new(new NftValue().InterfaceName(device));

    private static NftElement Same(string device) => new(new NftValue().InterfaceName(device).InterfaceName(device));

    private static NftElement RangeOf(Ipv4Subnet subnet) =>
        new(new NftValue().Address(subnet.Network.ToIPAddress()))
        {
            End = new NftValue().Address(new Ipv4Address(subnet.Broadcast.Value + 1).ToIPAddress()),
        };

    private static NftElement RangeOf(Ipv6Subnet subnet) => new(new NftValue().Address(subnet.Network)) { End = new NftValue().Address(subnet.Behind) };

    private static NftValue TargetOf(PublishedPort port) =>
        new NftValue().Address(port.ContainerAddress).Port(port.Binding.ContainerPort);

    private string GenerationFile(NetworkDefinition network) => Path.Combine(paths.RunNetworks, "filter", network.Name);

    private uint? ReadGeneration(NetworkDefinition network)
    {
        try
        {
            return uint.TryParse(File.ReadAllText(GenerationFile(network)), CultureInfo.InvariantCulture, out var generation) ? generation : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private void WriteGeneration(NetworkDefinition network, uint generation)
    {
        Files.CreateDirectories(Path.Combine(paths.RunNetworks, "filter"), 0x1c0);
        File.WriteAllText(GenerationFile(network), generation.ToString(CultureInfo.InvariantCulture));
    }
}
