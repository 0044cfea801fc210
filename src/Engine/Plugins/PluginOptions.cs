using System.Text.Json;
using System.Text.RegularExpressions;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Plugins;

/// <summary>Holds options, which are strings, against the schema of a manifest: the part of JSON Schema that says something about them.</summary>
internal static class PluginOptions
{
    /// <summary>All that is wrong with options.</summary>
    /// <param name="what">What they belong to, for the text.</param>
    /// <param name="plugin">The plugin.</param>
    /// <param name="options">The options.</param>
    public static IEnumerable<Problem> Problems(string what, InstalledPlugin plugin, IReadOnlyDictionary<string, string> options)
    {
        if (plugin.Manifest!.OptionsSchema is not { ValueKind: JsonValueKind.Object } schema)
        {
            yield break;
        }

        var known = schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            ? properties.EnumerateObject().ToDictionary(p => p.Name, p => p.Value)
            : [];
        var isClosed = schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False;
        var hint = known.Count == 0 ? $"plugin {plugin.Name} takes no options" : $"options of plugin {plugin.Name}: {string.Join(' ', known.Keys)}";
        foreach (var (name, value) in options)
        {
            if (known.TryGetValue(name, out var rule))
            {
                if (Complaint(rule, value) is { } complaint)
                {
                    yield return new Problem($"{what}: EINVAL ({name}={value}: {complaint})", hint);
                }
            }
            else if (isClosed)
            {
                yield return new Problem($"{what}: EINVAL ({name}: no such option)", hint);
            }
        }

        if (schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array)
        {
            foreach (var name in required.EnumerateArray().Select(r => r.GetString()).OfType<string>().Where(r => !options.ContainsKey(r)))
            {
                yield return new Problem($"{what}: EINVAL ({name}= is missing)", hint);
            }
        }
    }

    private static string? Complaint(JsonElement rule, string value)
    {
        if (rule.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (rule.TryGetProperty("enum", out var choices) && choices.ValueKind == JsonValueKind.Array
            && !choices.EnumerateArray().Any(c => c.ToString() == value))
        {
            return $"it is one of {string.Join(' ', choices.EnumerateArray())}";
        }

        if (rule.TryGetProperty("type", out var type))
        {
            switch (type.ToString())
            {
                case "integer" when !long.TryParse(value, out _):
                    return "it is a number";
                case "boolean" when value is not ("true" or "false"):
                    return "it is true or false";
            }
        }

        return rule.TryGetProperty("pattern", out var pattern) && pattern.GetString() is { } text && !Matches(text, value) ? $"it is like {text}" : null;
    }

    // The pattern is a stranger's: it must not be able to take for ever.
    private static bool Matches(string pattern, string value)
    {
        try
        {
            return Regex.IsMatch(value, pattern, RegexOptions.ECMAScript, TimeSpan.FromMilliseconds(100));
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
