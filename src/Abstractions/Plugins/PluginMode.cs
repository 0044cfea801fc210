using System.Text.Json.Serialization;

namespace MiniDock.Abstractions.Plugins;

/// <summary>How the program of a plugin is talked to.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PluginMode>))]
public enum PluginMode
{
    /// <summary>One process for all calls of a command: a request a line on standard input, a reply a line on descriptor 3. It ends when its input does.</summary>
    [JsonStringEnumMemberName("session")]
    Session,

    /// <summary>One process for each call: the request on standard input, the reply on standard output.</summary>
    [JsonStringEnumMemberName("oneshot")]
    Oneshot,
}
