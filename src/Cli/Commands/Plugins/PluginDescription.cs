using System.Text.Json;
using System.Text.Json.Nodes;
using MiniDock.Abstractions.Plugins;
using MiniDock.Engine.Plugins;

namespace MiniDock.Cli.Commands.Plugins;

/// <summary>Plugins as the commands show them.</summary>
internal static class PluginDescription
{
    /// <summary>Its kind as a manifest spells it; empty where it is not known.</summary>
    public static string KindOf(InstalledPlugin plugin) => plugin.Manifest?.Kind.ToString().ToLowerInvariant() ?? "";

    /// <summary>Its mode as a manifest spells it; empty where it is not known.</summary>
    public static string ModeOf(InstalledPlugin plugin) => plugin.Manifest?.Mode.ToString().ToLowerInvariant() ?? "";

    /// <summary>All about it.</summary>
    public static JsonObject Of(InstalledPlugin plugin) => new()
    {
        ["Name"] = plugin.Name,
        ["Directory"] = plugin.Directory,
        ["Program"] = plugin.Manifest is null ? null : plugin.Program,
        ["Usable"] = plugin.IsUsable,
        ["Problems"] = new JsonArray([.. plugin.Problems.Select(p => JsonValue.Create(p.Message))]),
        ["Manifest"] = plugin.Manifest is null ? null : JsonNode.Parse(JsonSerializer.Serialize(plugin.Manifest, PluginJson.Default.PluginManifest)),
    };
}
