using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;

namespace MiniDock.Plugins.Network.Cni;

/// <summary>All that a plugin is called with, whatever the operation: it goes into the journal, and DEL needs nothing else.</summary>
/// <param name="Container">CNI_CONTAINERID.</param>
/// <param name="Network">Name of the list.</param>
/// <param name="Version">The version that is spoken.</param>
/// <param name="Plugin">The plugin.</param>
/// <param name="Program">Its program, as it was found when the run was planned.</param>
/// <param name="SearchPath">CNI_PATH.</param>
/// <param name="Configuration">Its part of the list.</param>
/// <param name="Interface">CNI_IFNAME.</param>
/// <param name="NamespacePath">CNI_NETNS.</param>
/// <param name="RuntimeConfiguration">What of its capabilities is used, a JSON object, or null.</param>
/// <param name="Arguments">CNI_ARGS.</param>
public sealed record CniCall(
    ContainerId Container,
    string Network,
    string Version,
    string Plugin,
    string Program,
    string SearchPath,
    string Configuration,
    string Interface,
    string NamespacePath,
    string? RuntimeConfiguration,
    string Arguments)
{
    /// <summary>As arguments of a step.</summary>
    public StepValues ToValues() => StepValues.Of(
        ("container", Container.Value),
        ("list", Network),
        ("version", Version),
        ("plugin", Plugin),
        ("program", Program),
        ("path", SearchPath),
        ("configuration", Configuration),
        ("interface", Interface),
        ("namespace", NamespacePath),
        ("runtime", RuntimeConfiguration),
        ("args", Arguments));

    /// <summary>Reads what <see cref="ToValues"/> wrote.</summary>
    public static CniCall From(StepValues values) => new(
        ContainerId.Parse(values["container"]),
        values["list"],
        values["version"],
        values["plugin"],
        values["program"],
        values["path"],
        values["configuration"],
        values["interface"],
        values["namespace"],
        values.Find("runtime"),
        values["args"]);
}
