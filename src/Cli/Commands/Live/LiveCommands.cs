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
        new("device add", "Give a device of the host to a running container", DeviceAddCommand.Create),
        new("device ls", "List the devices that containers were given", DeviceLsCommand.Create) { Aliases = ["device list"] },
        new("device rm", "Take a device from a container", DeviceRmCommand.Create) { Aliases = ["device remove"] },
    ];

    /// <summary>How lists tell when a container was given something.</summary>
    internal static string Given(bool isLive, bool isKept) => !isLive ? "start" : isKept ? "live, kept" : "live";
}
