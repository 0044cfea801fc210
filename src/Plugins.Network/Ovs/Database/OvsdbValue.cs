using System.Globalization;
using System.Text.Json;

namespace MiniDock.Plugins.Network.Ovs.Database;

/// <summary>A value of a column as RFC 7047, section 5.1 writes it.</summary>
internal sealed class OvsdbValue
{
    private readonly Action<Utf8JsonWriter> _write;

    private OvsdbValue(Action<Utf8JsonWriter> write) => _write = write;

    /// <summary>A string.</summary>
    public static OvsdbValue Text(string text) => new(json => json.WriteStringValue(text));

    /// <summary>An integer.</summary>
    public static OvsdbValue Number(long number) => new(json => json.WriteNumberValue(number));

    /// <summary>A row that exists.</summary>
    public static OvsdbValue Row(string uuid) => Tagged("uuid", uuid);

    /// <summary>A row that the same transaction inserts.</summary>
    public static OvsdbValue NewRow(string name) => Tagged("named-uuid", name);

    /// <summary>A set.</summary>
    public static OvsdbValue Set(params IEnumerable<OvsdbValue> members) => new(json =>
    {
        json.WriteStartArray();
        json.WriteStringValue("set");
        json.WriteStartArray();
        foreach (var member in members)
        {
            member.Write(json);
        }

        json.WriteEndArray();
        json.WriteEndArray();
    });

    /// <summary>A map of strings.</summary>
    public static OvsdbValue Map(params IEnumerable<(string Key, string Value)> pairs) => new(json =>
    {
        json.WriteStartArray();
        json.WriteStringValue("map");
        json.WriteStartArray();
        foreach (var (key, value) in pairs)
        {
            json.WriteStartArray();
            json.WriteStringValue(key);
            json.WriteStringValue(value);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndArray();
    });

    /// <summary>Reads a number that is there or not: an optional column.</summary>
    public static long? OptionalNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;

    /// <summary>Reads a reference to a row.</summary>
    public static string Uuid(JsonElement value) => value[1].GetString()!;

    /// <summary>Reads a map of strings.</summary>
    public static Dictionary<string, string> Strings(JsonElement value) =>
        value[1].EnumerateArray().ToDictionary(pair => pair[0].GetString()!, pair => pair[1].GetString()!);

    /// <summary>Writes it.</summary>
    public void Write(Utf8JsonWriter json) => _write(json);

    private static OvsdbValue Tagged(string tag, string text) => new(json =>
    {
        json.WriteStartArray();
        json.WriteStringValue(tag);
        json.WriteStringValue(text);
        json.WriteEndArray();
    });
}
