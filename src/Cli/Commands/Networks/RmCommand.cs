using System.CommandLine;
using MiniDock.Engine.Events;
using MiniDock.Plugins.Network.Management;

namespace MiniDock.Cli.Commands.Networks;

/// <summary><c>minidock network rm</c>.</summary>
internal static class RmCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var force = new Option<bool>("--force", "-f") { Description = "one that does not exist is no error" };
        var names = new Argument<string[]>("NETWORK") { Arity = ArgumentArity.OneOrMore };
        var command = new VerbCommand("network rm", "Remove networks")
        {
            Usage = "NETWORK [NETWORK...]",
            Details = "Its bridge, its rules and its definition go. A network that containers run on, or that has an uplink, stays.",
            Examples = ["minidock network rm lab"],
            Completes = (c, _) => Completion.Networks(c),
            Options = { force },
            Arguments = { names },
        };
        command.SetAction(parsed =>
        {
            context.Engine.Sweep();
            var removal = new NetworkRemoval(context.Paths, id => context.Engine.Store.Read(id)?.Spec.Name ?? id.Short);
            var uplinks = new Uplinks(context);
            return EachNetwork.Do(context, "network rm", parsed.GetValue(names)!, parsed.GetValue(force), network =>
            {
                uplinks.RefuseWhereUsed(network.Name);
                removal.Remove(network);
                context.Engine.Store.Events.Append(NetworkEvents.Of("destroy", ListedNetwork.IdOf(context.Paths, network.Name, network.Id), network.Name, network.Driver));
            });
        });
        return command;
    }
}
