namespace MiniDock.Abstractions.Plugins;

/// <summary>Files of a container's namespaces, to be opened for setns(2) during the call.</summary>
/// <param name="Net">Network namespace.</param>
/// <param name="Mnt">Mount namespace.</param>
public sealed record PluginNamespaces(string? Net, string? Mnt);
