using System.Net;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;
using MiniDock.Plugins.Network.Addresses;
using MiniDock.Plugins.Network.Records;

namespace MiniDock.Plugins.Network.Ports;

/// <summary>
/// The published ports of all containers of a root, locked while it is open. It is the truth that the packet filter's maps are made
/// from: they change under this lock only, and are made again from here when they were lost.
/// </summary>
public sealed class PortBook : IDisposable
{
    // Above the range that Linux takes client ports from by default, so that few of these are in use.
    private const int FirstRandomPort = 61000;
    private const int LastRandomPort = 65535;

    private readonly EnginePaths _paths;
    private readonly RecordFile _file;

    private PortBook(EnginePaths paths, RecordFile file)
    {
        _paths = paths;
        _file = file;
    }

    /// <summary>All ports that are published.</summary>
    public IEnumerable<PublishedPort> All => _file.Records.Select(PublishedPort.Parse).OfType<PublishedPort>();

    /// <summary>Opens and locks it.</summary>
    public static PortBook Open(EnginePaths paths) => new(paths, RecordFile.Open(FileOf(paths)));

    /// <summary>Opens and locks it; null where nothing was ever published.</summary>
    public static PortBook? OpenExisting(EnginePaths paths) =>
        RecordFile.OpenExisting(FileOf(paths)) is { } file ? new PortBook(paths, file) : null;

    /// <summary>Reserves a port. What the container has already is given again.</summary>
    /// <param name="wanted">The port; host port 0 for any.</param>
    /// <param name="address">The container's address.</param>
    /// <param name="owner">The container.</param>
    /// <param name="ownerName">Its name.</param>
    /// <exception cref="EngineException">The port is taken; the message says by whom.</exception>
    public PublishedPort Reserve(PortBinding wanted, IPAddress address, ContainerId owner, string ownerName) =>
        Reserve(wanted, address, null, owner, ownerName)[0];

    /// <summary>Reserves a port in each family that is asked for, of one number in both.</summary>
    /// <param name="wanted">The port; host port 0 for any.</param>
    /// <param name="address">The container's IPv4 address.</param>
    /// <param name="address6">Its IPv6 address, or null where it has none.</param>
    /// <param name="owner">The container.</param>
    /// <param name="ownerName">Its name.</param>
    /// <exception cref="EngineException">The port is taken; the message says by whom.</exception>
    public IReadOnlyList<PublishedPort> Reserve(PortBinding wanted, IPAddress address, IPAddress? address6, ContainerId owner, string ownerName)
    {
        var sides = wanted.HostAddress is null && address6 is not null
            ? [wanted with { HostAddress = IPAddress.Any }, wanted with { HostAddress = IPAddress.IPv6Any }]
            : new[] { wanted with { HostAddress = wanted.HostAddress ?? IPAddress.Any } };
        var number = wanted switch
        {
            { HostPort: 0 } => PickFree(sides, FirstRandomPort, LastRandomPort, Random.Shared.Next(LastRandomPort - FirstRandomPort + 1)),
            { HostPortLast: not 0 } => PickFree(sides, wanted.HostPort, wanted.HostPortLast, 0),
            _ => wanted.HostPort,
        };
        var reserved = sides.Select(s => new PublishedPort(
            s with { HostPort = number, HostPortLast = 0 }, s.IsVersion6 ? address6 ?? address : address, owner, ownerName)).ToList();
        foreach (var port in reserved.Where(r => !All.Contains(r)).ToList())
        {
            Check(port.Binding);
            _file.Add(port.Format());
        }

        return reserved;
    }

    /// <summary>Forgets ports. Their elements must be out of the packet filter by then.</summary>
    public void Remove(IReadOnlyCollection<PublishedPort> ports)
    {
        for (var place = 0; place < _file.Records.Count; place++)
        {
            if (PublishedPort.Parse(_file.Records[place]) is { } port && ports.Contains(port))
            {
                _file.Set(place, "");
            }
        }
    }

    /// <summary>Ports of a container.</summary>
    public IReadOnlyList<PublishedPort> Of(ContainerId owner) => [.. All.Where(p => p.Owner == owner)];

    /// <summary>Ports of containers that are no more.</summary>
    public IReadOnlyList<PublishedPort> Orphans() => [.. All.Where(p => !Directory.Exists(_paths.RunDirectory(p.Owner)))];

    /// <summary>Whether a port leads to a network.</summary>
    public bool LeadsTo(Ipv4Subnet subnet) => All.Any(p => !p.Binding.IsVersion6 && subnet.Contains(p.ContainerAddress));

    /// <summary>The same of the book of a root.</summary>
    public static bool LeadsTo(EnginePaths paths, Ipv4Subnet subnet)
    {
        using var book = OpenExisting(paths);
        return book?.LeadsTo(subnet) == true;
    }

    /// <summary>Frees the lock.</summary>
    public void Dispose() => _file.Dispose();

    internal static string FileOf(EnginePaths paths) => Path.Combine(paths.RunNetworks, "ports");

    private void Check(PortBinding binding)
    {
        if (All.FirstOrDefault(p => p.Binding.Clashes(binding)) is { } holder)
        {
            throw new EngineException(
                $"publish port {binding.HostSide}: EADDRINUSE (published by container {holder.OwnerName} ({holder.Owner.Short}))",
                "choose another host port, or none for a random one");
        }

        var errno = TryBind(binding);
        if (errno != Errno.Success)
        {
            throw errno switch
            {
                Errno.EADDRINUSE => new EngineException(
                    $"publish port {binding.HostSide}: EADDRINUSE (in use by {PortHolder.Find(binding) ?? "a program of this host"})",
                    "choose another host port, or none for a random one"),
                Errno.EADDRNOTAVAIL => new EngineException(
                    $"publish port {binding.HostSide}: EADDRNOTAVAIL (no interface of this host has the address)",
                    "see ip address for those it has"),
                _ => new LinuxException("publish port", binding.HostSide, errno),
            };
        }
    }

    private ushort PickFree(IReadOnlyList<PortBinding> sides, int first, int last, int start)
    {
        var taken = All.Select(p => p.Binding).ToList();
        var count = last - first + 1;
        for (var i = 0; i < count; i++)
        {
            var number = (ushort)(first + ((start + i) % count));
            var bindings = sides.Select(s => s with { HostPort = number, HostPortLast = 0 });
            if (bindings.All(b => !taken.Exists(t => t.Clashes(b)) && TryBind(b) == Errno.Success))
            {
                return number;
            }
        }

        throw new EngineException(
            $"publish port {sides[0].ContainerPort}/{sides[0].ProtocolName}: EADDRINUSE (all ports from {first} to {last} are taken)",
            "name a host port, or end a container that publishes some");
    }

    private static Errno TryBind(PortBinding binding) => InternetPorts.TryBind((int)binding.Protocol, binding.HostAddress!.GetAddressBytes(), binding.HostPort);
}
