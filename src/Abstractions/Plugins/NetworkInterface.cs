namespace MiniDock.Abstractions.Plugins;

/// <summary>An interface of a <see cref="NetworkResult"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Mac">Its hardware address, or null.</param>
/// <param name="Sandbox">The network namespace, as the request named it; null: the host's.</param>
/// <param name="Mtu">Its largest packet in bytes, or null.</param>
public sealed record NetworkInterface(string Name, string? Mac = null, string? Sandbox = null, int? Mtu = null);
