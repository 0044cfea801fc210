namespace MiniDock.Abstractions.Plugins;

/// <summary>A route of a <see cref="NetworkResult"/>.</summary>
/// <param name="Dst">Destination, such as <c>0.0.0.0/0</c>.</param>
/// <param name="Gw">Gateway, or null.</param>
public sealed record NetworkRoute(string Dst, string? Gw = null);
