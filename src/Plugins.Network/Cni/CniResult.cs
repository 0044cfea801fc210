using System.Text.Json;
using MiniDock.Plugins.Network.Links;

namespace MiniDock.Plugins.Network.Cni;

/// <summary>What the plugins of a list have made (CNI specification, section 5, "ADD Success"), as far as the container sees it.</summary>
/// <param name="Addresses">Addresses of its interface.</param>
/// <param name="Gateway">The gateway of the first address that has one, or null.</param>
/// <param name="Mac">Hardware address, or null.</param>
/// <param name="NameServers">Name servers.</param>
/// <param name="Search">Search domains.</param>
/// <param name="ResolverOptions">Options of the resolver.</param>
public sealed record CniResult(
    IReadOnlyList<LinkAddress> Addresses,
    string? Gateway,
    string? Mac,
    IReadOnlyList<string> NameServers,
    IReadOnlyList<string> Search,
    IReadOnlyList<string> ResolverOptions)
{
    /// <summary>Reads a result.</summary>
    /// <param name="json">What the last plugin wrote.</param>
    /// <param name="interfaceName">The container's interface.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static CniResult Read(string json, string interfaceName)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("it is no JSON object");
            }

            var interfaces = Objects(root, "interfaces");
            var own = interfaces.FindIndex(i => Text(i, "name") == interfaceName && Text(i, "sandbox") is { Length: > 0 });
            var ips = Objects(root, "ips").FindAll(ip => IsOf(ip, own));
            var dns = root.TryGetProperty("dns", out var given) && given.ValueKind == JsonValueKind.Object ? given : default;
            var search = Texts(dns, "search");
            return new CniResult(
                [.. ips.Select(ip => LinkAddress.TryParse(Text(ip, "address") ?? "")).OfType<LinkAddress>()],
                ips.Select(ip => Text(ip, "gateway")).FirstOrDefault(g => g is { Length: > 0 }),
                own < 0 ? null : Text(interfaces[own], "mac"),
                Texts(dns, "nameservers"),
                search.Count > 0 || Text(dns, "domain") is not { Length: > 0 } domain ? search : [domain],
                Texts(dns, "options"));
        }
        catch (JsonException e)
        {
            throw new FormatException($"it is no JSON: {e.Message}", e);
        }
    }

    // Without an interface an address is the container's.
    private static bool IsOf(JsonElement ip, int own) =>
        !ip.TryGetProperty("interface", out var index) || (index.TryGetInt32(out var number) && (own < 0 || number == own));

    private static List<JsonElement> Objects(JsonElement json, string name) =>
        json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object)] : [];

    private static List<string> Texts(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!).Where(t => t.Length > 0 && !t.Any(c => char.IsControl(c) || c == ' '))]
            : [];

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
