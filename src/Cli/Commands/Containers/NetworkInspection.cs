using System.Globalization;
using System.Text.Json.Nodes;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Store;
using MiniDock.Plugins.Network.Stacked;

namespace MiniDock.Cli.Commands.Containers;

/// <summary>The <c>NetworkSettings</c> part of a container's inspection.</summary>
internal static class NetworkInspection
{
    /// <summary>Makes the object.</summary>
    public static JsonObject Of(Container container)
    {
        var endpoints = Merged(container.State.Networks);
        var networks = new JsonObject();
        foreach (var endpoint in endpoints)
        {
            networks[endpoint.Network] = Named(Endpoint(endpoint), endpoint.Network, container.Spec);
        }

        foreach (var attachment in container.Spec.Networks.Where(a => endpoints.Count == 0 && a.Provider != "container"))
        {
            networks.TryAdd(attachment.NetworkName, Named(Endpoint(new NetworkEndpoint(attachment.NetworkName, "", null, null, null)), attachment.NetworkName, container.Spec));
        }

        var first = Endpoint(endpoints.Count > 0 ? endpoints[0] : new NetworkEndpoint("", "", null, null, null));
        return new JsonObject
        {
            ["SandboxKey"] = container.IsRunning ? $"/proc/{container.State.Pid}/ns/net" : "",
            ["Ports"] = container.IsRunning ? Ports(container.State.Ports) : new JsonObject(),
            ["Gateway"] = first["Gateway"]!.DeepClone(),
            ["IPAddress"] = first["IPAddress"]!.DeepClone(),
            ["IPPrefixLen"] = first["IPPrefixLen"]!.DeepClone(),
            ["IPv6Gateway"] = first["IPv6Gateway"]!.DeepClone(),
            ["GlobalIPv6Address"] = first["GlobalIPv6Address"]!.DeepClone(),
            ["GlobalIPv6PrefixLen"] = first["GlobalIPv6PrefixLen"]!.DeepClone(),
            ["MacAddress"] = first["MacAddress"]!.DeepClone(),
            ["Networks"] = networks,
        };
    }

    /// <summary>Published ports, docker's map from <c>80/tcp</c> to addresses of the host.</summary>
    public static JsonObject Ports(IReadOnlyList<PortMapping> ports) => new(
        ports.GroupBy(p => $"{p.ContainerPort}/{p.Protocol}").Select(g => KeyValuePair.Create<string, JsonNode?>(
            g.Key,
            new JsonArray([.. g.Select(p => (JsonNode)new JsonObject
            {
                ["HostIp"] = p.HostAddress ?? "",
                ["HostPort"] = HostPort(p),
            })]))));

    private static JsonObject Named(JsonObject endpoint, string network, ContainerSpec spec)
    {
        var attachment = spec.Networks.FirstOrDefault(a => a.NetworkName == network || IsOnMade(a, network));
        var aliases = attachment?.Options.GetValueOrDefault("alias")?.Split(' ');
        endpoint["Aliases"] = aliases is null ? null : ContainerInspection.List(aliases);
        endpoint["DNSNames"] = attachment is { Provider: "bridge", Instance: not null } || (attachment is not null && IsOnMade(attachment, network))
            ? ContainerInspection.List([spec.Name, .. aliases ?? [], spec.Id.Short])
            : null;
        return endpoint;
    }

    // A network of another driver than bridge goes by its name alone, too.
    private static bool IsOnMade(AttachmentSpec attachment, string network) =>
        StackedKind.Find(attachment.Provider) is not null && attachment.Instance == network;

    private static string HostPort(PortMapping port) => port switch
    {
        { HostPort: 0 } => "",
        { HostPortLast: 0 } => port.HostPort.ToString(CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{port.HostPort}-{port.HostPortLast}"),
    };

    // Several steps of one attachment report what each knows of the interface.
    private static List<NetworkEndpoint> Merged(IReadOnlyList<NetworkEndpoint> endpoints) =>
        [.. endpoints.GroupBy(e => e.Interface).Select(g => g.Aggregate((a, b) => new NetworkEndpoint(
            a.Network.Length > 0 ? a.Network : b.Network, a.Interface, a.Address ?? b.Address, a.Gateway ?? b.Gateway, a.MacAddress ?? b.MacAddress)
        {
            Address6 = a.Address6 ?? b.Address6,
            Gateway6 = a.Gateway6 ?? b.Gateway6,
            NetworkId = a.NetworkId ?? b.NetworkId,
        }))];

    private static JsonObject Endpoint(NetworkEndpoint endpoint)
    {
        var (address, length) = Split(endpoint.Address);
        var (address6, length6) = Split(endpoint.Address6);
        return new JsonObject
        {
            ["Interface"] = endpoint.Interface,
            ["Gateway"] = endpoint.Gateway ?? "",
            ["IPAddress"] = address,
            ["IPPrefixLen"] = length,
            ["IPv6Gateway"] = endpoint.Gateway6 ?? "",
            ["GlobalIPv6Address"] = address6,
            ["GlobalIPv6PrefixLen"] = length6,
            ["MacAddress"] = endpoint.MacAddress ?? "",
            ["NetworkID"] = endpoint.NetworkId ?? "",
        };
    }

    private static (string Address, int PrefixLength) Split(string? address)
    {
        var slash = address?.IndexOf('/') ?? -1;
        return slash < 0 ? (address ?? "", 0) : (address![..slash], int.Parse(address.AsSpan(slash + 1), CultureInfo.InvariantCulture));
    }
}
