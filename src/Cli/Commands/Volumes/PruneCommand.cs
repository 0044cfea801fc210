using System.CommandLine;
using MiniDock.Cli.Commands.General;
using MiniDock.Cli.Commands.Images;
using MiniDock.Plugins.Storage.Volumes;

namespace MiniDock.Cli.Commands.Volumes;

/// <summary><c>minidock volume prune</c>.</summary>
internal static class PruneCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var all = new Option<bool>("--all", "-a") { Description = "also volumes with a name" };
        var force = new Option<bool>("--force", "-f") { Description = "do not ask" };
        var filter = new Option<string[]>("--filter") { HelpName = "KEY=VALUE", Description = $"only what matches ({VolumeFilter.PruneKeys}); repeatable" };
        var command = new VerbCommand("volume prune", "Remove volumes that no container has")
        {
            Usage = "[OPTIONS]",
            Details = "Volumes that were given a name stay unless --all is given.",
            Examples = ["minidock volume prune -f", "minidock volume prune -a --filter label=test"],
            Options = { all, force, filter },
        };
        command.SetAction(parsed =>
        {
            var conditions = new VolumeFilter(parsed.GetValue(filter) ?? [], VolumeFilter.PruneKeys, _ => false);
            var takesNamed = parsed.GetValue(all) || conditions.MeansAll;
            var what = takesNamed ? "all volumes that no container has" : "all volumes without a name that no container has";
            if (!parsed.GetValue(force) && !Confirmation.Ask(context, $"This removes {what}."))
            {
                return 0;
            }

            context.Engine.Sweep();
            var freed = Prune(context, v => (takesNamed || v.IsAnonymous) && conditions.Matches(v));
            context.Out.WriteLine($"Total reclaimed space: {DecimalSize.Of(freed)}");
            return 0;
        });
        return command;
    }

    /// <summary>Removes the volumes that no container has, and tells which.</summary>
    /// <returns>Bytes that were freed.</returns>
    public static long Prune(CliContext context, Predicate<VolumeDefinition> which)
    {
        var store = new VolumeStore(context.Paths);
        var removal = context.Engine.VolumeRemoval;
        var freed = 0L;
        var removed = new List<string>();
        foreach (var volume in store.List().Where(v => which(v)))
        {
            var bytes = DiskUsage.Of(store.DirectoryOf(volume.Name));
            if (removal.TryRemove(volume.Name).Count == 0)
            {
                removed.Add(volume.Name);
                freed += bytes;
            }
        }

        if (removed.Count > 0)
        {
            context.Out.WriteLine("Deleted Volumes:");
            removed.ForEach(context.Out.WriteLine);
            context.Out.WriteLine();
        }

        return freed;
    }
}
