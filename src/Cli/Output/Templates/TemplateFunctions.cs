using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MiniDock.Cli.Output.Templates;

/// <summary>The functions of templates.</summary>
internal static class TemplateFunctions
{
    private const string Names = "json, index, len, join, split, lower, upper, title, println, print, printf, eq, ne, lt, le, gt, ge, and, or, not";

    /// <summary>Calls a function.</summary>
    public static JsonNode? Call(string name, JsonNode?[] arguments) => (name, arguments) switch
    {
        ("json", [var value]) => Text(value?.ToJsonString() ?? "null"),
        ("len", [var value]) => JsonValue.Create(Length(value)),
        ("index", [var value, .. var keys]) => keys.Aggregate(value, Index),
        ("join", [var list, var separator]) => Text(string.Join(TemplateValue.Print(separator), TemplateValue.Items(list).Select(i => TemplateValue.Print(i.Item)))),
        ("split", [var text, var separator]) => new JsonArray([.. TemplateValue.Print(text).Split(TemplateValue.Print(separator)).Select(Text)]),
        ("lower", [var text]) => Text(TemplateValue.Print(text).ToLowerInvariant()),
        ("upper", [var text]) => Text(TemplateValue.Print(text).ToUpperInvariant()),
        ("title", [var text]) => Text(CultureInfo.InvariantCulture.TextInfo.ToTitleCase(TemplateValue.Print(text))),
        ("print", _) => Text(string.Concat(arguments.Select(TemplateValue.Print))),
        ("println", _) => Text(string.Join(' ', arguments.Select(TemplateValue.Print)) + "\n"),
        ("printf", [var format, .. var values]) => Text(Format(TemplateValue.Print(format), values)),
        ("eq", [var first, .. { Length: > 0 } others]) => JsonValue.Create(others.Any(o => Compare(first, o) == 0)),
        ("ne", [var a, var b]) => JsonValue.Create(Compare(a, b) != 0),
        ("lt", [var a, var b]) => JsonValue.Create(Compare(a, b) < 0),
        ("le", [var a, var b]) => JsonValue.Create(Compare(a, b) <= 0),
        ("gt", [var a, var b]) => JsonValue.Create(Compare(a, b) > 0),
        ("ge", [var a, var b]) => JsonValue.Create(Compare(a, b) >= 0),
        ("not", [var value]) => JsonValue.Create(!TemplateValue.IsTrue(value)),
        ("and", { Length: > 0 }) => arguments.FirstOrDefault(a => !TemplateValue.IsTrue(a), arguments[^1]),
        ("or", { Length: > 0 }) => arguments.FirstOrDefault(TemplateValue.IsTrue, arguments[^1]),
        _ when Names.Split(", ").Contains(name) => throw new TemplateException($"template: wrong number of arguments for {name}"),
        _ => throw new TemplateException($"template: no function {name}", $"the functions are {Names}"),
    };

    private static JsonNode Text(string value) => JsonValue.Create(value);

    private static int Length(JsonNode? value) => value switch
    {
        JsonArray list => list.Count,
        JsonObject map => map.Count,
        null => 0,
        _ when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>().Length,
        _ => throw new TemplateException("template: len needs a list, a map or a text"),
    };

    private static JsonNode? Index(JsonNode? value, JsonNode? key)
    {
        switch (value)
        {
            case JsonObject map:
                return map.TryGetPropertyValue(TemplateValue.Print(key), out var found) ? found : null;
            case JsonArray list when key?.GetValueKind() == JsonValueKind.Number:
                var index = TemplateValue.Number(key);
                return index >= 0 && index < list.Count
                    ? list[(int)index]
                    : throw new TemplateException($"template: index {TemplateValue.Print(key)} is out of range, the list has {list.Count}");
            default:
                throw new TemplateException("template: index needs a list and a number, or a map and a name");
        }
    }

    private static int Compare(JsonNode? a, JsonNode? b) =>
        a?.GetValueKind() == JsonValueKind.Number && b?.GetValueKind() == JsonValueKind.Number
            ? TemplateValue.Number(a).CompareTo(TemplateValue.Number(b))
            : string.CompareOrdinal(TemplateValue.Print(a), TemplateValue.Print(b));

    // %s %v %d %q %t and %%, without widths.
    private static string Format(string format, JsonNode?[] values)
    {
        var result = new System.Text.StringBuilder();
        var next = 0;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                result.Append(format[i]);
                continue;
            }

            var verb = format[++i];
            if (verb == '%')
            {
                result.Append('%');
                continue;
            }

            if (!"svdqt".Contains(verb) || next >= values.Length)
            {
                throw new TemplateException($"template: printf has no value for %{verb}", "it knows %s %v %d %q %t, without widths");
            }

            var text = TemplateValue.Print(values[next++]);
            result.Append(verb == 'q' ? JsonValue.Create(text).ToJsonString() : text);
        }

        return result.ToString();
    }
}
