using System.Globalization;
using System.Text.Json;

namespace MiniDock.Engine.Json;

/// <summary>Members of a JSON object, read one by one: what is not there, or null, has its default.</summary>
/// <remarks>A serializer would have to be set up first, which takes longer than reading, and stays in a monitor's memory.</remarks>
internal static class JsonReading
{
    /// <exception cref="InvalidOperationException">It is there, and no string.</exception>
    public static string? Text(this JsonElement from, string name) => TryGet(from, name, out var value) ? value.GetString() : null;

    /// <exception cref="FormatException">It is not there.</exception>
    public static string Required(this JsonElement from, string name) => from.Text(name) ?? throw new FormatException($"it has no {name}");

    public static bool Flag(this JsonElement from, string name, bool otherwise = false) => TryGet(from, name, out var value) ? value.GetBoolean() : otherwise;

    public static long? Number(this JsonElement from, string name) => TryGet(from, name, out var value) ? value.GetInt64() : null;

    public static int Integer(this JsonElement from, string name, int otherwise = 0) => TryGet(from, name, out var value) ? value.GetInt32() : otherwise;

    /// <summary>A number that may be over 2⁶³, such as an unlimited resource.</summary>
    public static ulong Unsigned(this JsonElement from, string name) => TryGet(from, name, out var value) ? value.GetUInt64() : 0;

    // RFC 3339, which is what OCI asks for, needs no culture; what else people have is read all the same.
    public static DateTimeOffset? Time(this JsonElement from, string name) => from.Text(name) is not { Length: > 0 } text
        ? null
        : from.GetProperty(name).TryGetDateTimeOffset(out var time)
            ? time
            : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static T? Choice<T>(this JsonElement from, string name)
        where T : struct, Enum => from.Text(name) is { } text ? Enum.Parse<T>(text) : null;

    /// <exception cref="FormatException">One of them is null.</exception>
    public static List<string>? List(this JsonElement from, string name) => from.Objects(name, one => one.GetString() ?? throw new FormatException($"{name} holds a null"));

    public static List<string> Strings(this JsonElement from, string name) => from.List(name) ?? [];

    public static Dictionary<string, string> Map(this JsonElement from, string name)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        if (TryGet(from, name, out var value))
        {
            foreach (var one in value.EnumerateObject())
            {
                map[one.Name] = one.Value.GetString() ?? "";
            }
        }

        return map;
    }

    /// <summary>The members of an array; null where there is none.</summary>
    public static List<T>? Objects<T>(this JsonElement from, string name, Func<JsonElement, T> read)
    {
        if (!TryGet(from, name, out var value))
        {
            return null;
        }

        var all = new List<T>(value.GetArrayLength());
        foreach (var one in value.EnumerateArray())
        {
            all.Add(read(one));
        }

        return all;
    }

    /// <summary>An object; null where there is none.</summary>
    public static T? Object<T>(this JsonElement from, string name, Func<JsonElement, T?> read)
        where T : class => TryGet(from, name, out var value) ? read(value) : null;

    /// <summary>Whether the member is there and not null.</summary>
    public static bool TryGet(JsonElement from, string name, out JsonElement value) =>
        from.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
}
