using System.Text.Json.Nodes;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Network.Names;
using MiniDock.Plugins.Network.Ports;

namespace MiniDock.Plugins.Network.Cni;

/// <summary>What plugins are told of one attachment, by the conventions of CNI: <c>runtimeConfig</c> where they have the capability, else <c>CNI_ARGS</c>.</summary>
/// <param name="network">The list.</param>
/// <param name="options">What is asked for.</param>
public sealed class CniRuntime(CniNetwork network, CniOptions options)
{
    private const string Ips = "ips";
    private const string Mac = "mac";
    private const string Bandwidth = "bandwidth";
    private const string PortMappings = "portMappings";

    /// <summary>What is asked for and no plugin of the list can do.</summary>
    public IEnumerable<Problem> Problems(string shown)
    {
        if (options.Ports.Count > 0 && !Has(PortMappings))
        {
            yield return Lacks(shown, "-p", PortMappings, "portmap");
        }

        if (options.IngressBits + options.EgressBits > 0 && !Has(Bandwidth))
        {
            yield return Lacks(shown, "ingress= and egress=", Bandwidth, "bandwidth");
        }

        if (options.Addresses.Count > 1 && !Has(Ips))
        {
            yield return Lacks(shown, "ip= with ip6=", Ips, "host-local");
        }
    }

    /// <summary>CNI_ARGS.</summary>
    public string Arguments
    {
        get
        {
            var arguments = new List<string> { "IgnoreUnknown=1" };
            if (options.Addresses is [var address] && !Has(Ips))
            {
                arguments.Add($"IP={address}");
            }

            if (options.Mac is { } mac && !Has(Mac))
            {
                arguments.Add($"MAC={mac}");
            }

            return string.Join(';', arguments);
        }
    }

    /// <summary>A plugin's <c>runtimeConfig</c>, or null.</summary>
    public string? Of(CniPlugin plugin)
    {
        var runtime = new JsonObject();
        foreach (var capability in plugin.Capabilities)
        {
            if (Value(capability) is { } value)
            {
                runtime[capability] = value;
            }
        }

        return runtime.Count == 0 ? null : runtime.ToJsonString();
    }

    private JsonNode? Value(string capability) => capability switch
    {
        PortMappings when options.Ports.Count > 0 => new JsonArray([.. options.Ports.Select(Port)]),
        Ips when options.Addresses.Count > 0 => Array(options.Addresses),
        Mac => options.Mac?.ToString(),
        Bandwidth when options.IngressBits + options.EgressBits > 0 => Limits(),
        "dns" when options.Dns.Servers.Count + options.Dns.Search.Count + options.Dns.Options.Count > 0 => new JsonObject
        {
            ["servers"] = Array(options.Dns.Servers),
            ["searches"] = Array(options.Dns.Search),
            ["options"] = Array(options.Dns.Options),
        },
        _ => null,
    };

    // A burst of a tenth of a second, as large as a few packets at least.
    private JsonObject Limits()
    {
        const long LeastBurstBits = 8 * 64 * 1024;
        var limits = new JsonObject();
        foreach (var (name, bits) in new[] { ("ingress", options.IngressBits), ("egress", options.EgressBits) })
        {
            if (bits > 0)
            {
                limits[name + "Rate"] = bits;
                limits[name + "Burst"] = Math.Clamp(bits / 10, LeastBurstBits, uint.MaxValue);
            }
        }

        return limits;
    }

    private bool Has(string capability) => network.Plugins.Any(p => p.Capabilities.Contains(capability));

    private Problem Lacks(string shown, string flag, string capability, string plugin) => new(
        $"network {shown}: {flag}: EOPNOTSUPP (no plugin of list {NameProblems.Shown(network.Name)} has the capability {capability})",
        $"add it to the plugin in {network.File}, such as {{\"type\": \"{plugin}\", \"capabilities\": {{\"{capability}\": true}}}}");

    private static JsonNode Port(PortBinding port) => new JsonObject
    {
        ["hostPort"] = (int)port.HostPort,
        ["containerPort"] = (int)port.ContainerPort,
        ["protocol"] = port.ProtocolName,
        ["hostIP"] = port.IsOfAny ? "" : port.HostAddress?.ToString() ?? "",
    };

    private static JsonArray Array(IReadOnlyList<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);
}
