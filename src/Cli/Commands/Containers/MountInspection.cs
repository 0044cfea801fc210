using System.Text.Json.Nodes;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Plugins.Storage.Bind;
using MiniDock.Plugins.Storage.Volumes;

namespace MiniDock.Cli.Commands.Containers;

/// <summary>Mounts of a container in the shape of <c>docker inspect</c>.</summary>
internal static class MountInspection
{
    private static readonly string[] Internal =
        [BindMountProvider.CreateSource, VolumeMountProvider.Anonymous, VolumeMountProvider.NoCopy, VolumeMountProvider.Driver, ImageMount.Id, ImageMount.Layers];

    /// <summary>Makes the list.</summary>
    public static JsonArray Of(IEnumerable<MountSpec> mounts, EnginePaths paths) => new([.. mounts.Select(m => Of(m, paths))]);

    private static JsonNode Of(MountSpec mount, EnginePaths paths)
    {
        var shown = new JsonObject { ["Type"] = mount.Type };
        if (mount.Type == VolumeMountProvider.TypeName)
        {
            shown["Name"] = mount.Source;
            shown["Source"] = new VolumeStore(paths).DataOf(mount.Source);
        }
        else
        {
            shown["Source"] = mount.Source;
        }

        shown["Destination"] = mount.Target;
        if (mount.Type == VolumeMountProvider.TypeName)
        {
            shown["Driver"] = mount.Options.GetValueOrDefault(VolumeMountProvider.Driver) ?? VolumeDefinition.LocalDriver;
        }

        shown["Mode"] = string.Join(',', mount.Flags.Concat(mount.Options.Where(IsShown).Select(o => $"{o.Key}={o.Value}")));
        shown["RW"] = !mount.ReadOnly;

        // Docker's volumes have none; ours are private unless asked.
        shown["Propagation"] = mount is { Type: VolumeMountProvider.TypeName, Propagation: Propagation.RPrivate } ? "" : mount.Propagation.ToString().ToLowerInvariant();
        return shown;
    }

    private static bool IsShown(KeyValuePair<string, string> option) =>
        Array.IndexOf(Internal, option.Key) < 0
        && !option.Key.StartsWith(VolumeMountProvider.OptionPrefix, StringComparison.Ordinal)
        && !option.Key.StartsWith(VolumeMountProvider.LabelPrefix, StringComparison.Ordinal);
}
