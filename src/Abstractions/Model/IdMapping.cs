namespace MiniDock.Abstractions.Model;

/// <summary>A record of user_namespaces(7) id maps.</summary>
/// <param name="Inside">First id inside.</param>
/// <param name="Outside">First id outside.</param>
/// <param name="Length">How many.</param>
public sealed record IdMapping(uint Inside, uint Outside, uint Length);
