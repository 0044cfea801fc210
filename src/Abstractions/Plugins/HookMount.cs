namespace MiniDock.Abstractions.Plugins;

/// <summary>A bind that a hook adds.</summary>
/// <param name="Source">Absolute path on the host.</param>
/// <param name="Target">Absolute path inside.</param>
/// <param name="ReadOnly">Whether the container may only read it.</param>
public sealed record HookMount(string Source, string Target, bool ReadOnly = false);
