using System.Text.Json.Nodes;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Network.Addresses;
using MiniDock.Plugins.Network.Bridge;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Plugins.Network.Ovs;

namespace MiniDock.Cli.Commands.Networks;

/// <summary>What <c>network inspect</c> shows of a network, docker's shape.</summary>
internal static class NetworkDescription
{
    /// <summary>Describes a network; null: there is none of the name.</summary>
    public static JsonObject? Of(CliContext context, string nameOrId) =>
        ListedNetwork.Resolve(context.Paths, nameOrId) is { } network ? Describe(context, network) : null;

    private static JsonObject Describe(CliContext context, ListedNetwork network)
    {
        var definition = network.Definition;
        return new JsonObject
        {
            ["Name"] = network.Name,
            ["Id"] = network.Id,
            ["Created"] = definition?.Created?.ToString("O") ?? "0001-01-01T00:00:00Z",
            ["Scope"] = "local",
            ["Driver"] = network.Driver,
            ["EnableIPv4"] = true,
            ["EnableIPv6"] = definition?.Subnet6 is not null,
            ["IPAM"] = new JsonObject { ["Driver"] = "default", ["Options"] = new JsonObject(), ["Config"] = Pools(definition) },
            ["Internal"] = definition?.IsInternal == true,
            ["Attachable"] = false,
            ["Ingress"] = false,
            ["ConfigFrom"] = new JsonObject { ["Network"] = "" },
            ["ConfigOnly"] = false,
            ["Containers"] = definition is null ? new JsonObject() : Containers(context, definition),
            ["Options"] = Options(definition),
            ["Labels"] = Map(definition?.Labels),
        };
    }

    private static JsonArray Pools(NetworkDefinition? definition)
    {
        if (definition is null)
        {
            return [];
        }

        var pool = new JsonObject { ["Subnet"] = definition.Subnet.ToString() };
        if (definition.Range is { } range)
        {
            pool["IPRange"] = range.ToString();
        }

        pool["Gateway"] = definition.Gateway.ToString();
        var pools = new JsonArray(pool);
        if (definition.Subnet6 is { } subnet6)
        {
            pools.Add((JsonNode)new JsonObject { ["Subnet"] = subnet6.ToString(), ["Gateway"] = definition.Gateway6?.ToString() });
        }

        return pools;
    }

    private static JsonObject Containers(CliContext context, NetworkDefinition definition)
    {
        var containers = new JsonObject();
        foreach (var lease in new LeaseBook(context.Paths).Of(definition.Name))
        {
            // A lease lives until the run is undone: a container that has just ended is not on the network any more.
            if (context.Engine.Store.Read(lease.Owner) is { IsRunning: true } container)
            {
                containers[lease.Owner.Value] = new JsonObject
                {
                    ["Name"] = container.Spec.Name,
                    ["EndpointID"] = lease.Owner.Value[..62] + lease.Attachment.ToString("x2"),
                    ["MacAddress"] = lease.Mac.ToString(),
                    ["IPv4Address"] = $"{lease.Address}/{definition.Subnet.PrefixLength}",
                    ["IPv6Address"] = lease.Address6 is { } address6 ? $"{address6}/{definition.Subnet6?.PrefixLength}" : "",
                };
            }
        }

        return containers;
    }

    private static JsonObject Options(NetworkDefinition? definition)
    {
        var options = Map(definition?.Options);
        if (definition is not null)
        {
            options[definition.Driver switch
            {
                BridgeNetworkProvider.ProviderName => "com.docker.network.bridge.name",
                OvsNetworkProvider.ProviderName => "switch",
                _ => "parent",
            }] = definition.Device;
            if (definition.MtuBytes > 0)
            {
                options["com.docker.network.driver.mtu"] = definition.MtuBytes.ToString();
            }
        }

        return options;
    }

    private static JsonObject Map(IReadOnlyDictionary<string, string>? map) =>
        new(map?.Select(m => KeyValuePair.Create<string, JsonNode?>(m.Key, m.Value)) ?? []);
}
