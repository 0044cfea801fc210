namespace MiniDock.Cli.Commands.Live;

/// <summary>Commands that give running containers mounts and devices.</summary>
internal static class LiveCommands
{
    /// <summary>The rows.</summary>
    public static CommandEntry[] All =>
    [
        new("mount add", "Mount something into running containers", MountAddCommand.Create),
        new("mount ls", "List the mounts that containers were given", MountLsCommand.Create) { Aliases = ["mount list"] },
        new("mount rm", "Unmount something from a container", MountRmCommand.Create) { Aliases = ["mount remove"] },
    ];
}
