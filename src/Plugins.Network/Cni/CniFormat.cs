using System.Text.Json;
using MiniDock.Abstractions.Model;

namespace MiniDock.Plugins.Network.Cni;

/// <summary>Reads network configurations of CNI: lists of plugins, and files of one plugin.</summary>
public static class CniFormat
{
    /// <summary>The versions of the specification that are spoken, the oldest first.</summary>
    public static readonly IReadOnlyList<string> Versions = ["0.3.0", "0.3.1", "0.4.0", "1.0.0", "1.1.0"];

    /// <summary>Reads a configuration.</summary>
    /// <param name="json">The file's text.</param>
    /// <param name="file">Its path.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static CniNetwork Read(ReadOnlyMemory<byte> json, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("it is no JSON object");
            }

            var name = Text(root, "name") ?? throw new FormatException("it has no 'name'");
            if (!ContainerName.IsValid(name))
            {
                throw new FormatException("its 'name' is none");
            }

            var plugins = root.TryGetProperty("plugins", out var list) && list.ValueKind == JsonValueKind.Array
                ? list.EnumerateArray().Select(Plugin).ToList()
                : file.EndsWith(".conflist", StringComparison.Ordinal) ? throw new FormatException("it has no 'plugins'") : [Plugin(root)];
            return plugins.Count == 0
                ? throw new FormatException("its 'plugins' are none")
                : new CniNetwork(name, VersionOf(root), file, plugins, IsTrue(root, "disableGC"));
        }
        catch (JsonException e)
        {
            throw new FormatException($"it is no JSON: {e.Message}", e);
        }
    }

    /// <summary>Whether a version is not older than another.</summary>
    public static bool IsAtLeast(string version, string other) => Version.Parse(version) >= Version.Parse(other);

    private static CniPlugin Plugin(JsonElement json)
    {
        // A program's name and nothing that leads elsewhere.
        if (json.ValueKind != JsonValueKind.Object || Text(json, "type") is not { Length: > 0 } type || type.Contains('/', StringComparison.Ordinal) || type.Any(char.IsControl) || type is "." or "..")
        {
            throw new FormatException("a plugin has no 'type' that names a program");
        }

        var capabilities = json.TryGetProperty("capabilities", out var given) && given.ValueKind == JsonValueKind.Object
            ? given.EnumerateObject().Where(c => c.Value.ValueKind == JsonValueKind.True).Select(c => c.Name).ToList()
            : [];
        return new CniPlugin(type, json.GetRawText(), capabilities);
    }

    // A list may name several versions from 1.1.0 on: the newest that both sides speak.
    private static string VersionOf(JsonElement root)
    {
        var given = new List<string>();
        if (root.TryGetProperty("cniVersions", out var several) && several.ValueKind == JsonValueKind.Array)
        {
            given.AddRange(several.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!));
        }

        if (Text(root, "cniVersion") is { } one)
        {
            given.Add(one);
        }

        return Versions.LastOrDefault(given.Contains) ?? throw new FormatException(
            $"its 'cniVersion' is {(given.Count == 0 ? "missing" : string.Join(", ", given))}, and {string.Join(' ', Versions)} are spoken");
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsTrue(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && (value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.String && value.GetString() == "true"));
}
