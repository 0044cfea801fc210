using System.CommandLine;

namespace MiniDock.Cli.Commands.Live;

/// <summary><c>minidock device rm</c>.</summary>
internal static class DeviceRmCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var device = new Argument<string>("DEVICE");
        var container = new Argument<string>("CONTAINER");
        var command = new VerbCommand("device rm", "Take a device from a container")
        {
            Usage = "DEVICE CONTAINER",
            Details = "DEVICE is its path in the container or on the host. Also one that the container was given when it was made: it does not have it at its next "
                + "start either. What a process has open already stays open.",
            Examples = ["minidock device rm /dev/fuse zion"],
            Completes = (c, index) => index == 1 ? Completion.Containers(c) : [],
            Arguments = { device, container },
        };
        command.SetAction(parsed =>
        {
            context.Engine.ContainerDevices.Remove(context.Engine.Store.Find(parsed.GetValue(container)!), parsed.GetValue(device)!);
            return 0;
        });
        return command;
    }
}
