namespace MiniDock.Abstractions.Plugins;

/// <summary>A step that a plugin would take, for <c>--explain</c>.</summary>
/// <param name="Why">Why, one line.</param>
/// <param name="Shell">What a person would type instead, or null.</param>
public sealed record PluginStep(string Why, string? Shell = null);
