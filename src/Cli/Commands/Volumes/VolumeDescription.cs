using System.Globalization;
using System.Text.Json.Nodes;
using MiniDock.Cli.Commands.Containers;
using MiniDock.Plugins.Storage.Volumes;

namespace MiniDock.Cli.Commands.Volumes;

/// <summary>What <c>volume inspect</c> shows of a volume, docker's shape.</summary>
internal static class VolumeDescription
{
    /// <summary>Describes a volume; null: there is none of the name.</summary>
    public static JsonObject? Of(CliContext context, string name)
    {
        var store = new VolumeStore(context.Paths);
        return store.Find(name) is not { } volume ? null : new JsonObject
        {
            ["CreatedAt"] = volume.Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["Driver"] = volume.Driver,
            ["Labels"] = volume.IsAnonymous ? ContainerInspection.Map(volume.Labels.Append(new("com.docker.volume.anonymous", "")))
                : volume.Labels.Count == 0 ? null : ContainerInspection.Map(volume.Labels),
            ["Mountpoint"] = store.DataOf(volume.Name),
            ["Name"] = volume.Name,
            ["Options"] = volume.Options.Count == 0 ? null : ContainerInspection.Map(volume.Options),
            ["Scope"] = "local",
        };
    }
}
