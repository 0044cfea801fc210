using System.CommandLine;
using MiniDock.Cli.Commands.Containers;
using MiniDock.Embedding;
using MiniDock.Engine.Containers.Creation;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Cli.Commands.Networks;

/// <summary><c>minidock network disconnect</c>.</summary>
internal static class DisconnectCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var network = new Argument<string>("NETWORK|SPEC");
        var container = new Argument<string>("CONTAINER");
        var command = new VerbCommand("network disconnect", "Detach a container from a network, also while it runs")
        {
            Usage = "NETWORK|SPEC CONTAINER",
            Details = "Of SPEC only PROVIDER:INSTANCE counts. The interface of a running container goes at once; a device of the host is the host's again.",
            Examples = ["minidock network disconnect lab c1", "minidock network disconnect nic:veth9 c1"],
            Completes = (c, index) => index == 1 ? Completion.Containers(c) : [],
            Arguments = { network, container },
        };
        command.SetAction(parsed =>
        {
            var store = context.Get<ContainerStore>();
            context.Engine.ContainerNetworks.Disconnect(
                store.Find(parsed.GetValue(container)!), AttachmentReader.Read(parsed.GetValue(network)!, [], new CreationSources(store)));
            return 0;
        });
        return command;
    }
}
