using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MiniDock.Abstractions.Plugins;

namespace MiniDock.Plugins.Sdk;

/// <summary>One call of the engine.</summary>
/// <param name="request">The request as it came.</param>
public sealed class PluginCall(PluginRequest request)
{
    /// <summary>The request as it came.</summary>
    public PluginRequest Request => request;

    /// <summary>The container.</summary>
    /// <exception cref="PluginException">The operation has none.</exception>
    public PluginContainer Container => request.Container ?? throw Missing("container");

    /// <summary>The attachment to a network.</summary>
    /// <exception cref="PluginException">The operation has none.</exception>
    public PluginNetworkRequest Network => request.Network ?? throw Missing("network");

    /// <summary>The mount.</summary>
    /// <exception cref="PluginException">The operation has none.</exception>
    public PluginMountRequest Mount => request.Mount ?? throw Missing("mount");

    /// <summary>The container's network namespace, a file to be opened; null where it is gone.</summary>
    public string? NetworkNamespace => request.Ns?.Net;

    /// <summary>Ids of the containers that are alive, in a collection.</summary>
    public IReadOnlyList<string> Alive => request.Alive ?? [];

    /// <summary>What the plugin has given as its state when it attached; null where that did not come to its end. It may be anything that an earlier version
    /// of the plugin has written.</summary>
    /// <param name="type">How it is read, from the plugin's own source-generated JSON context.</param>
    public T? State<T>(JsonTypeInfo<T> type)
        where T : class => request.State is { ValueKind: not JsonValueKind.Null } state ? state.Deserialize(type) : null;

    /// <summary>An option; null where it was not given.</summary>
    public string? Option(string name) => request.Options.TryGetValue(name, out var value) ? value : null;

    /// <summary>An option that must be there.</summary>
    /// <exception cref="PluginException">It was not given.</exception>
    public string RequiredOption(string name) => Option(name) ?? throw new PluginException("EINVAL", $"option {name}: it is missing");

    /// <summary>A name for objects of this attachment on the host, at most 15 characters as interfaces have: the same in every call, so that half-made
    /// ones are found.</summary>
    /// <param name="prefix">At most five characters.</param>
    public string HostName(string prefix) => $"{prefix}{Container.Id[..8]}{request.Network?.Index ?? request.Mount?.Index ?? 0:x}";

    private PluginException Missing(string what) => new("EPROTO", $"operation {request.Op}: the request has no {what}");
}
