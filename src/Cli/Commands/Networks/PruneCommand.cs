using System.CommandLine;
using MiniDock.Engine.Events;
using MiniDock.Plugins.Network.Management;

namespace MiniDock.Cli.Commands.Networks;

/// <summary><c>minidock network prune</c>.</summary>
internal static class PruneCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var force = new Option<bool>("--force", "-f") { Description = "do not ask" };
        var filter = new Option<string[]>("--filter") { HelpName = "KEY=VALUE", Description = $"only what matches ({NetworkFilter.PruneKeys}); repeatable" };
        var command = new VerbCommand("network prune", "Remove networks that nothing is attached to")
        {
            Usage = "[OPTIONS]",
            Examples = ["minidock network prune -f", "minidock network prune --filter label=test"],
            Options = { force, filter },
        };
        command.SetAction(parsed =>
        {
            var conditions = new NetworkFilter(parsed.GetValue(filter) ?? [], NetworkFilter.PruneKeys, _ => false);
            if (!parsed.GetValue(force) && !Confirmation.Ask(context, "This removes all networks that no running container is attached to."))
            {
                return 0;
            }

            context.Engine.Sweep();
            var uplinks = new Uplinks(context);
            var matching = ListedNetwork.All(context.Paths).FindAll(conditions.Matches).ToDictionary(n => n.Name);
            var removed = new NetworkRemoval(context.Paths, id => id.Short).Prune(n => matching.ContainsKey(n.Name) && uplinks.DevicesOf(n.Name).Count == 0);
            if (removed.Count > 0)
            {
                context.Out.WriteLine("Deleted Networks:");
                foreach (var name in removed)
                {
                    context.Out.WriteLine(name);
                    context.Engine.Store.Events.Append(NetworkEvents.Of("destroy", matching[name].Id, name, matching[name].Driver));
                }

                context.Out.WriteLine();
            }

            return 0;
        });
        return command;
    }
}
