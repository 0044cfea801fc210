using System.Globalization;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Links;
using MiniDock.Plugins.Network.Names;
using MiniDock.Plugins.Network.Ports;

namespace MiniDock.Plugins.Network.Cni;

/// <summary>What an attachment to a network of CNI asks for.</summary>
/// <param name="Addresses">Addresses that it must get, with or without a prefix.</param>
/// <param name="Mac">Its hardware address, or null.</param>
/// <param name="IngressBits">Most bits a second to the container; 0: no limit.</param>
/// <param name="EgressBits">Most bits a second from it; 0: no limit.</param>
/// <param name="Ports">Ports to publish.</param>
/// <param name="Dns">The resolver that was asked for.</param>
public sealed record CniOptions(IReadOnlyList<string> Addresses, MacAddress? Mac, long IngressBits, long EgressBits, IReadOnlyList<PortBinding> Ports, DnsSpec Dns)
{
    /// <summary>Reads the keys, naming all that is wrong with them.</summary>
    public static CniOptions Read(NetworkRequest request, ICollection<Problem> problems)
    {
        var shown = NameProblems.Shown(request.Attachment.ToString());
        void Refuse(string what, string? hint) => problems.Add(new($"network {shown}: {what}", hint));

        // What they share with other attachments is read as there; addresses may lack their prefix, which the plugin knows.
        var options = request.Attachment.Options;
        var others = options.Where(o => o.Key is "mac" or "name" or "default").ToDictionary(o => o.Key, o => o.Value);
        var common = LinkOptions.Read(
            request with { Attachment = request.Attachment with { Options = others }, Spec = request.Spec with { Ports = [], Networks = Named(request, others) } }, problems);
        foreach (var problem in AttachmentOptions.Unknown(request, "ip", "ip6", "mac", "name", "default", "ingress", "egress"))
        {
            problems.Add(problem);
        }

        var addresses = new List<string>();
        foreach (var key in new[] { "ip", "ip6" })
        {
            if (options.TryGetValue(key, out var text))
            {
                addresses.Add(text);
                if (LinkAddress.TryParse(text) is null && !System.Net.IPAddress.TryParse(text, out _))
                {
                    Refuse($"{key} {NameProblems.Shown(text)}: EINVAL (not an address)", $"write {key}=ADDRESS or {key}=ADDRESS/PREFIX");
                }
            }
        }

        return new CniOptions(
            addresses, common.Mac, Bits("ingress"), Bits("egress"), request.IsDefaultRoute ? ReadPorts(request, Refuse) : [], request.Spec.Dns);

        long Bits(string key)
        {
            if (!options.TryGetValue(key, out var text))
            {
                return 0;
            }

            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) || bits == 0)
            {
                Refuse($"{key} {NameProblems.Shown(text)}: EINVAL (not a number of bits a second)", $"such as {key}=10000000");
            }

            return bits;
        }
    }

    private static List<PortBinding> ReadPorts(NetworkRequest request, Action<string, string?> refuse)
    {
        var ports = new List<PortBinding>();
        foreach (var mapping in request.Spec.Ports)
        {
            if (PortBinding.From(mapping) is { HostPort: not 0, HostPortLast: 0 } binding)
            {
                ports.Add(binding);
            }
            else
            {
                refuse($"publish port {mapping.ContainerPort}/{mapping.Protocol}: EINVAL (plugins publish given ports of IPv4)", "write -p [ADDRESS:]HOSTPORT:PORT[/PROTOCOL]");
            }
        }

        return ports;
    }

    private static List<AttachmentSpec> Named(NetworkRequest request, Dictionary<string, string> others) =>
        [.. request.Spec.Networks.Select((a, i) => i == request.Index ? a with { Options = others } : a)];
}
