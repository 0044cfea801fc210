namespace MiniDock.Abstractions.Plugins;

/// <summary>An address of a <see cref="NetworkResult"/>.</summary>
/// <param name="Address">Address with prefix length, such as <c>10.9.0.2/24</c>.</param>
/// <param name="Gateway">Its gateway, or null.</param>
/// <param name="Interface">Place of its interface in <see cref="NetworkResult.Interfaces"/>, or null.</param>
public sealed record NetworkAddress(string Address, string? Gateway = null, int? Interface = null);
