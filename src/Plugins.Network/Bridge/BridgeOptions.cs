using System.Globalization;
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

    /// <summary>More names for the containers of the network.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Reads the keys, naming all that is wrong with them.</summary>
    public static BridgeOptions Read(NetworkRequest request, NetworkDefinition network, ICollection<Problem> problems)
    {
        void Refuse(string what, string? hint) => problems.Add(new($"network {NameProblems.Shown(request.Attachment.ToString())}: {what}", hint));

        foreach (var problem in AttachmentOptions.Unknown(request, "ip", "mac", "name", "mtu", "gw", "default", AliasKey))
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
        var ports = request.IsDefaultRoute && !network.IsInternal ? ReadPorts(request, problems) : [];
        return new BridgeOptions(address, mac, mtu, gateway != "none", ports) { Aliases = ReadAliases(options, network, Refuse) };
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
    private static List<PortBinding> ReadPorts(NetworkRequest request, ICollection<Problem> problems)
    {
        var bindings = new List<PortBinding>();
        foreach (var mapping in request.Spec.Ports)
        {
            if (PortBinding.From(mapping) is not { } binding)
            {
                problems.Add(new(
                    $"publish port {mapping.HostAddress}:{mapping.HostPort}:{mapping.ContainerPort}/{mapping.Protocol}: EINVAL (a bridge publishes tcp, udp and sctp of IPv4)",
                    "write -p [ADDRESS:]HOSTPORT:PORT[/PROTOCOL]"));
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
