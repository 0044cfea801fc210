using System.Text.Json;

namespace MiniDock.Abstractions.Plugins;

/// <summary>What the engine asks a plugin: one line of JSON. What does not concern an operation is left out.</summary>
public sealed record PluginRequest
{
    /// <summary>Version of the protocol.</summary>
    public int V { get; set; } = PluginProtocol.Version;

    /// <summary>Number of the request: the reply carries it.</summary>
    public long Id { get; init; }

    /// <summary>The operation, such as <c>net.attach</c>.</summary>
    public required string Op { get; init; }

    /// <summary>The container.</summary>
    public PluginContainer? Container { get; init; }

    /// <summary>The container's namespaces; each is there while it exists.</summary>
    public PluginNamespaces? Ns { get; init; }

    /// <summary>Network: what is to be attached.</summary>
    public PluginNetworkRequest? Network { get; init; }

    /// <summary>Storage: what is to be mounted.</summary>
    public PluginMountRequest? Mount { get; init; }

    /// <summary>Cgroup: the limits, as OCI's <c>linux.resources</c>.</summary>
    public JsonElement? Resources { get; init; }

    /// <summary>Cgroup: where the host's control groups are.</summary>
    public PluginCgroupHost? Cgroups { get; init; }

    /// <summary>What the user gave as <c>key=value</c>.</summary>
    public IReadOnlyDictionary<string, string> Options { get; set; } = new Dictionary<string, string>();

    /// <summary>What the plugin has returned as <c>state</c> from the attachment, if that came to its end.</summary>
    public JsonElement? State { get; init; }

    /// <summary>Collection: ids of the containers that are alive. What belongs to any other is to be removed.</summary>
    public IReadOnlyList<string>? Alive { get; init; }

    /// <summary>How long the plugin has, in milliseconds.</summary>
    public int DeadlineMs { get; init; }

    /// <summary>Change nothing: only say in <c>steps</c> what would be done. Sent only to plugins whose manifest says <c>dryRun</c>.</summary>
    public bool DryRun { get; init; }
}
