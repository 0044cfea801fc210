using System.Text.Json;
using System.Text.Json.Serialization;

namespace MiniDock.Abstractions.Plugins;

/// <summary>What <c>minidock-plugin.json</c> says of a plugin. Nothing is executed to read it; unknown fields are ignored.</summary>
public sealed record PluginManifest
{
    /// <summary>Its name on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>Its version, free text.</summary>
    public required string Version { get; init; }

    /// <summary>Versions of the protocol that it speaks, such as <c>[1]</c>.</summary>
    public required IReadOnlyList<int> Protocol { get; init; }

    /// <summary>What it provides.</summary>
    public required PluginKind Kind { get; init; }

    /// <summary>Its program: a path in its directory, or an absolute one.</summary>
    public required string Exec { get; init; }

    /// <summary>The operations that it has, see <see cref="PluginOperations"/>.</summary>
    [JsonPropertyName("ops")]
    public required IReadOnlyList<string> Operations { get; init; }

    /// <summary>How it is talked to.</summary>
    public PluginMode Mode { get; set; } = PluginMode.Oneshot;

    /// <summary>A sentence on what it does, or null.</summary>
    public string? Description { get; init; }

    /// <summary>JSON Schema of its options, an object of strings: <c>properties</c>, <c>required</c>, <c>enum</c> and <c>pattern</c> are looked at. Null: any.</summary>
    public JsonElement? OptionsSchema { get; init; }

    /// <summary>Programs of the host that it cannot do without, such as <c>["ip"]</c>: looked for on PATH before it is used.</summary>
    public IReadOnlyList<string> Needs { get; set; } = [];

    /// <summary>How long an operation may take, in milliseconds.</summary>
    public int TimeoutMs { get; set; } = PluginProtocol.DefaultTimeoutMilliseconds;

    /// <summary>Variables of its environment beside those that every plugin has.</summary>
    public IReadOnlyDictionary<string, string> Env { get; set; } = new Dictionary<string, string>();

    /// <summary>Whether it heeds <c>dryRun</c>: then <c>--explain</c> asks it for its own steps. Else it is never called to explain.</summary>
    public bool DryRun { get; init; }

    /// <summary>SHA-256 of its program as hexadecimal digits; checked before each execution where it is given.</summary>
    public string? Sha256 { get; init; }
}
