using System.Text.Json;
using System.Text.Json.Nodes;

namespace MiniDock.Cli.Output.Templates;

/// <summary>How values print, count and test, as in Go.</summary>
internal static class TemplateValue
{
    /// <summary>The text of a value; lists and maps as Go's <c>%v</c>.</summary>
    public static string Print(JsonNode? value) => value switch
    {
        null => "<no value>",
        JsonArray list => $"[{string.Join(' ', list.Select(Inner))}]",
        JsonObject map => $"map[{string.Join(' ', map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}:{Inner(p.Value)}"))}]",
        _ => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString(),
    };

    /// <summary>Whether Go counts it as true: not false, zero, nil or empty.</summary>
    public static bool IsTrue(JsonNode? value) => value switch
    {
        null => false,
        JsonArray list => list.Count > 0,
        JsonObject map => map.Count > 0,
        _ => value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>().Length > 0,
            JsonValueKind.Number => Number(value) != 0,
            var kind => kind == JsonValueKind.True,
        },
    };

    /// <summary>A field of a map.</summary>
    public static JsonNode? Field(JsonNode? value, string name)
    {
        if (value is not JsonObject map)
        {
            throw new TemplateException($"template field .{name}: EINVAL (what it is a field of has none)");
        }

        return map.TryGetPropertyValue(name, out var field) || IsMap(map)
            ? field
            : throw new TemplateException($"template field .{name}: ENOENT (no such field)", $"the fields are {string.Join(", ", map.Select(p => p.Key))}");
    }

    /// <summary>Keys and values to range over: a list's by index, a map's by name.</summary>
    public static IReadOnlyList<(JsonNode Key, JsonNode? Item)> Items(JsonNode? value) => value switch
    {
        null => [],
        JsonArray list => [.. list.Select((item, index) => ((JsonNode)JsonValue.Create(index), item))],
        JsonObject map => [.. map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => ((JsonNode)JsonValue.Create(p.Key), p.Value))],
        _ => throw new TemplateException("template: range needs a list or a map"),
    };

    /// <summary>A number.</summary>
    public static double Number(JsonNode value) =>
        double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);

    // What Go has as a map rather than as a structure: a key that is not there is no mistake.
    private static bool IsMap(JsonObject value) =>
        value.Parent is JsonObject && value.GetPropertyName() is "Attributes" or "Labels" or "Annotations" or "Sysctls" or "Networks" or "Ports";

    private static string Inner(JsonNode? value) => value is null ? "<nil>" : Print(value);
}
