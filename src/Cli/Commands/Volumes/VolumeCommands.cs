using MiniDock.Cli.Commands.General;

namespace MiniDock.Cli.Commands.Volumes;

/// <summary>Commands on volumes.</summary>
internal static class VolumeCommands
{
    /// <summary>The rows.</summary>
    public static CommandEntry[] All =>
    [
        new("volume create", "Make a volume", CreateCommand.Create),
        new("volume ls", "List volumes", LsCommand.Create) { Aliases = ["volume list"] },
        new("volume inspect", "Show all about volumes", InspectCommand.CreateForVolumes),
        new("volume rm", "Remove volumes with what they hold", RmCommand.Create) { Aliases = ["volume remove"] },
        new("volume prune", "Remove volumes that no container has", PruneCommand.Create),
    ];
}
