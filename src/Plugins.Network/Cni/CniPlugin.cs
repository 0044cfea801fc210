namespace MiniDock.Plugins.Network.Cni;

/// <summary>One plugin of a list.</summary>
/// <param name="Type">Name of its program.</param>
/// <param name="Json">Its part of the list, one JSON object.</param>
/// <param name="Capabilities">What it takes at run time, such as <c>portMappings</c>.</param>
public sealed record CniPlugin(string Type, string Json, IReadOnlyList<string> Capabilities);
