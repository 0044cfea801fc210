using System.CommandLine;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Store;
using MiniDock.Plugins.Network.Names;
using MiniDock.Plugins.Network.Stacked;

namespace MiniDock.Cli.Commands.Life;

/// <summary><c>minidock rename</c>.</summary>
internal static class RenameCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var container = new Argument<string>("CONTAINER");
        var name = new Argument<string>("NEW_NAME");
        var command = new VerbCommand("rename", "Give a container another name")
        {
            Usage = "CONTAINER NEW_NAME",
            Examples = ["minidock rename jolly_turing web"],
            Completes = (c, index) => index == 0 ? Completion.Containers(c) : [],
            Arguments = { container, name },
        };
        command.SetAction(parsed =>
        {
            var store = context.Get<ContainerStore>();
            var found = store.Find(parsed.GetValue(container)!);
            store.Rename(found, parsed.GetValue(name)!);
            foreach (var attachment in found.Spec.Networks)
            {
                var network = StackedKind.Find(attachment.Provider) is not null && ContainerName.IsValid(attachment.Instance ?? "") ? attachment.Instance! : attachment.NetworkName;
                new EndpointNames(context.Paths, network).Rename(found.Id, parsed.GetValue(name)!);
            }

            return 0;
        });
        return command;
    }
}
