using MiniDock.Abstractions.Model;

namespace MiniDock.Plugins.Network.Names;

/// <summary>What a specification says of a container's network and host name.</summary>
public static class NetworkMode
{
    /// <summary>How it gets its namespace of a type; a new one unless it says otherwise.</summary>
    public static NamespaceSpec NamespaceOf(this ContainerSpec spec, NamespaceType type) =>
        spec.Namespaces.LastOrDefault(n => n.Type == type) ?? new NamespaceSpec(type, NamespaceMode.Private);

    /// <summary>Its host name: asked for, or the first digits of its id where it can have one of its own, or the host's.</summary>
    public static string HostNameOf(ContainerSpec spec, string hostsName) =>
        spec.Hostname is { Length: > 0 } name ? name
        : spec.NamespaceOf(NamespaceType.Uts).Mode == NamespaceMode.Private ? spec.Id.Short
        : hostsName;
}
