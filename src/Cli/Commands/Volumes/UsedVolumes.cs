using MiniDock.Plugins.Storage.Volumes;

namespace MiniDock.Cli.Commands.Volumes;

/// <summary>The volumes that containers have, running or not.</summary>
internal sealed class UsedVolumes(CliContext context)
{
    private readonly HashSet<string> _names =
        [.. context.Engine.Store.List().SelectMany(c => c.Spec.Mounts).Where(m => m.Type == VolumeMountProvider.TypeName).Select(m => m.Source)];

    /// <summary>Whether a container has the volume.</summary>
    public bool Contains(VolumeDefinition volume) => _names.Contains(volume.Name);
}
