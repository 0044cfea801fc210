namespace MiniDock.Plugins.Network.Cni;

/// <summary>A network as an administrator has configured it for CNI: plugins that are run one after the other (CNI specification, section 1).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version of the specification that its plugins are spoken to in.</param>
/// <param name="File">Where it was read.</param>
/// <param name="Plugins">Its plugins, in the order of ADD; one at least.</param>
/// <param name="DisablesGc">Whether attachments of it are not to be collected: others use it too.</param>
public sealed record CniNetwork(string Name, string Version, string File, IReadOnlyList<CniPlugin> Plugins, bool DisablesGc);
