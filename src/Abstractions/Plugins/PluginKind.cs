using System.Text.Json.Serialization;

namespace MiniDock.Abstractions.Plugins;

/// <summary>What a plugin provides.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PluginKind>))]
public enum PluginKind
{
    /// <summary>Networks: <c>--net NAME</c>.</summary>
    [JsonStringEnumMemberName("network")]
    Network,

    /// <summary>Mounts: <c>--mount type=NAME</c>.</summary>
    [JsonStringEnumMemberName("storage")]
    Storage,

    /// <summary>Control groups: <c>--cgroup-driver NAME</c>.</summary>
    [JsonStringEnumMemberName("cgroup")]
    Cgroup,

    /// <summary>Points of a container's life: <c>--hook NAME</c>.</summary>
    [JsonStringEnumMemberName("hook")]
    Hook,
}
