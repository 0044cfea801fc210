using System.CommandLine;
using MiniDock.Engine.Containers.Creation;

namespace MiniDock.Cli.Commands.Live;

/// <summary><c>minidock device add</c>.</summary>
internal static class DeviceAddCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var device = new Argument<string>("HOSTDEV[:PATH][:rwm]");
        var container = new Argument<string>("CONTAINER");
        var persist = new Option<bool>("--persist") { Description = "The container has it again at its next start" };
        var command = new VerbCommand("device add", "Give a device of the host to a running container")
        {
            Usage = "[OPTIONS] HOSTDEV[:PATH][:rwm] CONTAINER",
            Details = "The device is what --device of run takes. The container gets the node, and the right to read it (r), write it (w) and make such nodes (m).",
            Examples = ["minidock device add /dev/fuse zion", "minidock device add /dev/sdb:/dev/disk:r zion"],
            Completes = (c, index) => index == 1 ? Completion.RunningContainers(c) : [],
            Options = { persist },
            Arguments = { device, container },
        };
        command.SetAction(parsed =>
        {
            context.Engine.ContainerDevices.Add(
                context.Engine.Store.Find(parsed.GetValue(container)!), LiveDeviceText.Parse(parsed.GetValue(device)!), parsed.GetValue(persist));
            return 0;
        });
        return command;
    }
}
