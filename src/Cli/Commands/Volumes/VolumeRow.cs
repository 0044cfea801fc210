using System.Text.Json.Nodes;
using MiniDock.Cli.Output.Lists;
using MiniDock.Plugins.Storage.Volumes;

namespace MiniDock.Cli.Commands.Volumes;

/// <summary>A row of <c>volume ls</c>, docker's fields.</summary>
internal static class VolumeRow
{
    /// <summary>The columns of the table.</summary>
    public static readonly Column[] Columns = [new("Driver", "DRIVER"), new("Name", "VOLUME NAME")];

    /// <summary>What only templates and JSON show.</summary>
    public static readonly Column[] Others = [new("Scope", "SCOPE"), new("Mountpoint", "MOUNTPOINT"), new("Labels", "LABELS"), new("Links", "LINKS"), new("Size", "SIZE")];

    /// <summary>Makes the row.</summary>
    public static JsonObject Of(VolumeDefinition volume, VolumeStore store) => new()
    {
        ["Driver"] = volume.Driver,
        ["Name"] = volume.Name,
        ["Scope"] = "local",
        ["Mountpoint"] = store.DataOf(volume.Name),
        ["Labels"] = string.Join(',', volume.Labels.Select(l => $"{l.Key}={l.Value}")),
        ["Links"] = "N/A",
        ["Size"] = "N/A",
    };
}
