using System.Globalization;
using System.Security.Cryptography;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Addresses;
using MiniDock.Plugins.Network.Bridge;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Plugins.Network.Names;
using MiniDock.Plugins.Network.Ovs;
using MiniDock.Plugins.Network.Records;
using MiniDock.Plugins.Network.Stacked;

namespace MiniDock.Plugins.Network.Management;

/// <summary>Makes networks: their definitions only. As with the default network, the bridge comes with the first container.</summary>
public sealed class NetworkCreation(EnginePaths paths)
{
    internal const string MtuOption = "com.docker.network.driver.mtu";
    private const string DeviceOption = "com.docker.network.bridge.name";
    private static readonly string[] Reserved = ["bridge", "default", "none", "host", "container", "ns"];
    private readonly DefinitionStore _store = new(paths);
    private readonly List<Problem> _problems = [];

    /// <summary>Makes a network.</summary>
    /// <exception cref="EngineException">The name is taken or may not be used, the subnet overlaps or is none, an address is outside of it.</exception>
    public NetworkDefinition Create(NewNetwork wanted)
    {
        CheckName(wanted);

        // Of two that choose a subnet at once, the second sees the first's.
        using var turn = RecordFile.Open(Path.Combine(paths.RunNetworks, "creation"));
        if (_store.Exists(wanted.Name))
        {
            throw new EngineException($"create network {wanted.Name}: EEXIST (a network of this name exists)", "choose another name, or remove that network", exitCode: 1);
        }

        var definition = Define(wanted);
        if (_problems.Count > 0)
        {
            throw EngineException.Of(_problems, exitCode: 1);
        }

        var made = _store.Add(definition);
        if (made.Driver == OvsNetworkProvider.ProviderName)
        {
            MakeSwitch(made);
        }

        return made;
    }

    // At once: a user who makes a switch expects to see it.
    private void MakeSwitch(NetworkDefinition network)
    {
        try
        {
            OvsNetwork.Ensure(network);
        }
        catch (Exception e) when (e is EngineException or IOException)
        {
            OvsNetwork.Remove(network);
            _store.Remove(network.Name);
            throw new EngineException($"create network {network.Name}: {e.Message}", (e as EngineException)?.Hint, 1, e);
        }
    }

    private void CheckName(NewNetwork wanted)
    {
        var shown = NameProblems.Shown(wanted.Name);
        if (!ContainerName.IsValid(wanted.Name))
        {
            throw new EngineException($"create network {shown}: EINVAL (not a name)", $"a name is {ContainerName.Rule}", exitCode: 1);
        }

        if (Array.IndexOf(Reserved, wanted.Name) >= 0)
        {
            throw new EngineException($"create network {shown}: EEXIST (a network of the engine itself has the name)", "choose another name", exitCode: 1);
        }

        if (wanted.Driver != BridgeNetworkProvider.ProviderName && wanted.Driver != OvsNetworkProvider.ProviderName && StackedKind.Find(wanted.Driver) is null)
        {
            throw new EngineException(
                $"create network {shown}: EINVAL (driver {NameProblems.Shown(wanted.Driver)} makes no networks)", "networks are made by the drivers bridge, ovs, macvlan and ipvlan", exitCode: 1);
        }
    }

    private NetworkDefinition Define(NewNetwork wanted)
    {
        var proposed = wanted.Subnet is null ? _store.Propose(wanted.Name, skip: 1) : null;
        using var socket = NetlinkSocket.Open(NetlinkProtocol.Route);
        var subnet = proposed?.Subnet ?? ReadSubnet(wanted.Subnet!, socket, isHosts: wanted.Driver != BridgeNetworkProvider.ProviderName);
        var gateway = subnet.First;
        if (wanted.Gateway is { } gatewayText && !(Ipv4Address.TryParse(gatewayText, out gateway) && subnet.HoldsHost(gateway)))
        {
            Refuse($"gateway {gatewayText}: EINVAL (not a host's address of {subnet})", $"such as {subnet.First}");
        }

        Ipv4Subnet? range = null;
        if (wanted.Range is { } rangeText)
        {
            range = Ipv4Subnet.TryParse(rangeText, out var parsed) && subnet.Contains(parsed.Network) && parsed.PrefixLength >= subnet.PrefixLength ? parsed : null;
            if (range is null)
            {
                Refuse($"ip range {rangeText}: EINVAL (not a network within {subnet})", "write it as ADDRESS/BITS, host bits zero");
            }
        }

        var parent = StackedKind.Find(wanted.Driver) is { } kind ? new StackedCreation(paths, wanted, kind, Refuse).Read(socket) : null;
        (string Switch, bool IsThere)? ovs = wanted.Driver == OvsNetworkProvider.ProviderName ? OvsNetwork.Read(paths, wanted, Refuse) : null;
        var device = ovs?.Switch ?? parent?.Device ?? ReadDevice(wanted);
        CheckUnused(device);

        var version6 = new Ipv6Creation(_store, wanted, Refuse).Read(socket);

        // A link on a device takes that one's MTU by itself.
        var mtu = ReadMtu(wanted) ?? (parent is not null ? 0 : proposed?.MtuBytes ?? HostRoutes.Read(socket).MtuBytes);
        return new NetworkDefinition(wanted.Name, wanted.Driver, subnet, gateway, device, mtu)
        {
            Range = range,
            Subnet6 = version6?.Subnet,
            Gateway6 = version6?.Gateway,
            IsInternal = wanted.IsInternal || parent is { IsGiven: false } || (ovs is not null && wanted.Gateway is null),
            OwnsDevice = parent is { IsThere: false } || ovs is { IsThere: false },
            Id = RandomNumberGenerator.GetHexString(64, lowercase: true),
            Created = DateTimeOffset.UtcNow,
            Labels = wanted.Labels,
            Options = parent is null && ovs is null ? ReadOptions(wanted) : wanted.Options,
        };
    }

    // A network that is the host's too is where the host has a route to.
    private Ipv4Subnet ReadSubnet(string text, NetlinkSocket socket, bool isHosts)
    {
        var fallback = new Ipv4Subnet(new Ipv4Address(0x0a000000), 8);
        if (!Ipv4Subnet.TryParse(text, out var subnet))
        {
            Refuse($"subnet {NameProblems.Shown(text)}: EINVAL (not an IPv4 network)", "write it as ADDRESS/BITS, host bits zero, such as 10.1.0.0/24");
            return fallback;
        }

        if (subnet.HostCount < 2)
        {
            Refuse($"subnet {subnet}: EINVAL (no room for a gateway and a container)", "use at most /30");
        }
        else if (_store.List().FirstOrDefault(n => n.Subnet.Overlaps(subnet)) is { } other)
        {
            Refuse($"subnet {subnet}: EADDRINUSE (overlaps {other.Subnet} of network {other.Name})", "choose another, or none to be given a free one");
        }
        else if (!isHosts && HostRoutes.Read(socket).Destinations.Where(d => d.Overlaps(subnet)).Take(1).ToList() is [var route])
        {
            Refuse($"subnet {subnet}: EADDRINUSE (this host has a route to {route})", "choose another, or none to be given a free one");
        }

        return subnet;
    }

    private string ReadDevice(NewNetwork wanted)
    {
        var device = wanted.Options.GetValueOrDefault(DeviceOption) ?? NetworkNames.Bridge(paths, wanted.Name);
        if (!NetworkNames.IsInterfaceName(device))
        {
            Refuse($"{DeviceOption}={NameProblems.Shown(device)}: EINVAL (cannot be an interface's name)", $"use up to {NetworkNames.MaxInterfaceLength} letters, digits, '-', '_' and '.'");
        }

        return device;
    }

    private void CheckUnused(string device)
    {
        if (_store.List().FirstOrDefault(n => n.Device == device) is { } other)
        {
            Refuse($"device {device}: EEXIST (network {other.Name} has it)", "give each network a device of its own");
        }
    }

    private int? ReadMtu(NewNetwork wanted)
    {
        if ((wanted.Mtu ?? wanted.Options.GetValueOrDefault(MtuOption)) is not { } text)
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var mtu) || mtu is < 68 or > 65535)
        {
            Refuse($"mtu {NameProblems.Shown(text)}: EINVAL (not a number from 68 to 65535)", null);
        }

        return mtu;
    }

    private IReadOnlyDictionary<string, string> ReadOptions(NewNetwork wanted)
    {
        foreach (var key in wanted.Options.Keys.Where(k => k is not (MtuOption or DeviceOption)))
        {
            Refuse($"option {NameProblems.Shown(key)}: EINVAL (not known to driver {wanted.Driver})", $"it knows {DeviceOption} and {MtuOption}");
        }

        return wanted.Options;
    }

    private void Refuse(string what, string? hint) => _problems.Add(new($"create network: {what}", hint));
}
