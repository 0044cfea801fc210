using System.Globalization;
using System.Net;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Addresses;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Plugins.Network.Names;
using MiniDock.Plugins.Network.Ports;

namespace MiniDock.Plugins.Network.Bridge;

/// <summary>What an attachment to a bridge asks for, read from its keys.</summary>
/// <param name="Address">The address that it must get, or null.</param>
/// <param name="Mac">The link-layer address that it must get, or null.</param>
/// <param name="MtuBytes">Its MTU; 0: the network's.</param>
/// <param name="HasGateway">False for <c>gw=none</c>: no default route.</param>
/// <param name="Ports">Ports to publish through it.</param>
public sealed record BridgeOptions(Ipv4Address? Address, MacAddress? Mac, int MtuBytes, bool HasGateway, IReadOnlyList<PortBinding> Ports)
{
    /// <summary>Key of one more name; several are separated by spaces.</summary>
    public const string AliasKey = "alias";

    /// <summary>The IPv6 address that it must get, or null.</summary>
    public IPAddress? Address6 { get; init; }

    /// <summary>More names for the containers of the network.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Reads the keys, naming all that is wrong with them.</summary>
    /// <param name="request">The attachment.</param>
    /// <param name="network">The network.</param>
    /// <param name="problems">Where problems go.</param>
    /// <param name="more">Keys that the provider reads itself.</param>
    public static BridgeOptions Read(NetworkRequest request, NetworkDefinition network, ICollection<Problem> problems, params string[] more)
    {
        void Refuse(string what, string? hint) => problems.Add(new($"network {NameProblems.Shown(request.Attachment.ToString())}: {what}", hint));

        foreach (var problem in AttachmentOptions.Unknown(request, ["ip", "ip6", "mac", "name", "mtu", "gw", "default", AliasKey, .. more]))
        {
            problems.Add(problem);
        }

        var options = request.Attachment.Options;
        Ipv4Address? address = null;
        if (options.TryGetValue("ip", out var ip))
        {
            if (Ipv4Address.TryParse(ip, out var parsed) && network.Subnet.HoldsHost(parsed) && parsed != network.Gateway)
            {
                address = parsed;
            }
            else
            {
                Refuse($"address {ip}: EINVAL (not a container's address of {network.Subnet})",
                    $"addresses from {network.Subnet.First} to {network.Subnet.Last} but {network.Gateway} can be asked for");
            }
        }

        MacAddress? mac = null;
        if (options.TryGetValue("mac", out var macText))
        {
            if (MacAddress.TryParse(macText, out var parsed) && parsed.IsUnicast)
            {
                mac = parsed;
            }
            else
            {
                Refuse($"mac {macText}: EINVAL (not a unicast address)", "write six octets such as 02:42:ac:11:00:02");
            }
        }

        var mtu = 0;
        if (options.TryGetValue("mtu", out var mtuText)
            && !(int.TryParse(mtuText, NumberStyles.None, CultureInfo.InvariantCulture, out mtu) && mtu is >= 68 and <= 65535))
        {
            Refuse($"mtu {mtuText}: EINVAL (not a number from 68 to 65535)", null);
        }

        if (options.TryGetValue("gw", out var gateway) && gateway != "none")
        {
            Refuse($"gw {gateway}: EINVAL (only none can be asked for)", $"the gateway is the network's, {network.Gateway}");
        }

        if (options.TryGetValue("default", out var isDefault) && isDefault is not ("true" or "false"))
        {
            Refuse($"default {isDefault}: EINVAL (not true or false)", null);
        }

        CheckInterfaceName(request, Refuse);
        var ports = request.IsDefaultRoute && !network.IsInternal ? ReadPorts(request, network.Subnet6 is not null, problems) : [];
        return new BridgeOptions(address, mac, mtu, gateway != "none", ports) 
        {
            Address6 = ReadAddress6(options, network, Refuse),
            Aliases = ReadAliases(options, network, Refuse),
        };
    }

    private static IPAddress? ReadAddress6(IReadOnlyDictionary<string, string> options, NetworkDefinition network, Action<string, string?> refuse)
    {
        if (!options.TryGetValue("ip6", out var text))
        {
            return null;
        }

        if (network.Subnet6 is not { } subnet)
        {
            refuse($"address {NameProblems.Shown(text)}: EINVAL (the network has no IPv6 addresses)", "make one that has: minidock network create --ipv6 NAME");
            return null;
        }

        if (Ipv6Subnet.TryParseAddress(text, out var address) && subnet.HoldsHost(address) && !address.Equals(network.Gateway6))
        {
            return address;
        }

        refuse($"address {NameProblems.Shown(text)}: EINVAL (not a container's address of {subnet})", $"the gateway {network.Gateway6} is the host's");
        return null;
    }

    private static string[] ReadAliases(IReadOnlyDictionary<string, string> options, NetworkDefinition network, Action<string, string?> refuse)
    {
        if (!options.TryGetValue(AliasKey, out var text))
        {
            return [];
        }

        if (!network.IsMade)
        {
            refuse("alias: EINVAL (containers of the default network do not find each other by name)", "use a network of your own: minidock network create lab");
        }

        var aliases = text.Split(' ').Distinct().ToArray();
        foreach (var alias in aliases.Where(a => !ContainerName.IsValid(a)))
        {
            refuse($"alias {NameProblems.Shown(alias)}: EINVAL (not a name)", $"a name is {ContainerName.Rule}");
        }

        return aliases;
    }

    private static void CheckInterfaceName(NetworkRequest request, Action<string, string?> refuse)
    {
        var name = request.InterfaceName;
        if (!NetworkNames.IsInterfaceName(name))
        {
            refuse($"name {NameProblems.Shown(name)}: EINVAL (cannot be an interface's name)", $"use up to {NetworkNames.MaxInterfaceLength} letters, digits, '-', '_' and '.'");
        }

        for (var i = 0; i < request.Index; i++)
        {
            if (new NetworkRequest(request.Spec.Networks[i], i, request.Spec, request.Host, request.Paths).InterfaceName == name)
            {
                refuse($"name {name}: EEXIST (another attachment has it)", "give each attachment a name= of its own");
            }
        }
    }

    // The container answers by its default route, so the ports are published on the attachment that carries it.
    private static List<PortBinding> ReadPorts(NetworkRequest request, bool hasVersion6, ICollection<Problem> problems)
    {
        var bindings = new List<PortBinding>();
        foreach (var mapping in request.Spec.Ports)
        {
            if (PortBinding.From(mapping, hasVersion6) is not { } binding)
            {
                var (why, hint) = mapping.HostAddress is { } host && Ipv6Subnet.TryParseAddress(host, out var address)
                    ? IPAddress.IPv6Loopback.Equals(address)
                        ? ("Linux passes nothing on from ::1", "publish on 127.0.0.1, or on an address of an interface")
                        : ("the container has no IPv6 address", "attach it to a network that has: minidock network create --ipv6 NAME")
                    : ("a bridge publishes tcp, udp and sctp", "write -p [ADDRESS:]HOSTPORT:PORT[/PROTOCOL]");
                problems.Add(new($"publish port {(mapping.HostAddress?.Contains(':') == true ? $"[{mapping.HostAddress}]" : mapping.HostAddress)}:{mapping.HostPort}:{mapping.ContainerPort}/{mapping.Protocol}: EINVAL ({why})", hint));
            }
            else if (binding.HostPort != 0 && binding.HostPortLast == 0 && bindings.Exists(b => b.HostPortLast == 0 && b.Clashes(binding)))
            {
                problems.Add(new($"publish port {binding.HostSide}: EADDRINUSE (given twice)", "publish each host port once"));
            }
            else
            {
                bindings.Add(binding);
            }
        }

        return bindings;
    }
}
