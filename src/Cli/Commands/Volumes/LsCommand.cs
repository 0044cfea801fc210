using System.CommandLine;
using MiniDock.Cli.Output.Lists;
using MiniDock.Plugins.Storage.Volumes;

namespace MiniDock.Cli.Commands.Volumes;

/// <summary><c>minidock volume ls</c>.</summary>
internal static class LsCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var quiet = CommonOptions.Quiet();
        var noTrunc = CommonOptions.NoTrunc();
        var filter = CommonOptions.Filter(VolumeFilter.Keys);
        var format = CommonOptions.Format();
        var command = new VerbCommand("volume ls", "List volumes")
        {
            Usage = "[OPTIONS]",
            Examples = ["minidock volume ls", "minidock volume ls -q --filter dangling=true", "minidock volume ls --format '{{.Name}} {{.Mountpoint}}'"],
            Options = { quiet, noTrunc, filter, format },
        };
        command.SetAction(parsed =>
        {
            var store = new VolumeStore(context.Paths);
            var used = new UsedVolumes(context);
            var conditions = new VolumeFilter(parsed.GetValue(filter) ?? [], VolumeFilter.Keys, used.Contains);
            var found = store.List().Where(conditions.Matches).ToList();
            if (parsed.GetValue(quiet) && parsed.GetValue(format) is null)
            {
                found.ForEach(v => context.Out.WriteLine(v.Name));
                return 0;
            }

            new ListPrinter(VolumeRow.Columns, VolumeRow.Others).Print(
                context.Out, [.. found.Select(v => VolumeRow.Of(v, store))], parsed.GetValue(format), context.Options.Json);
            return 0;
        });
        return command;
    }
}
