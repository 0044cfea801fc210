using System.CommandLine;
using MiniDock.Cli.Output.Lists;
using MiniDock.Plugins.Network.Addresses;

namespace MiniDock.Cli.Commands.Networks;

/// <summary><c>minidock network ls</c>.</summary>
internal static class LsCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var quiet = CommonOptions.Quiet();
        var noTrunc = CommonOptions.NoTrunc();
        var filter = CommonOptions.Filter(NetworkFilter.Keys);
        var format = CommonOptions.Format();
        var command = new VerbCommand("network ls", "List networks")
        {
            Usage = "[OPTIONS]",
            Examples = ["minidock network ls", "minidock network ls -q --filter type=custom", "minidock network ls --format '{{.Name}} {{.Subnet}}'"],
            Options = { quiet, noTrunc, filter, format },
        };
        command.SetAction(parsed =>
        {
            var leases = new LeaseBook(context.Paths);
            var conditions = new NetworkFilter(parsed.GetValue(filter) ?? [], NetworkFilter.Keys, n => leases.Of(n.Name).Count > 0);
            var found = ListedNetwork.All(context.Paths).FindAll(conditions.Matches);
            var isWhole = parsed.GetValue(noTrunc);
            if (parsed.GetValue(quiet) && parsed.GetValue(format) is null)
            {
                found.ForEach(n => context.Out.WriteLine(isWhole ? n.Id : n.ShortId));
                return 0;
            }

            new ListPrinter(NetworkRow.Columns, NetworkRow.Others).Print(
                context.Out, [.. found.Select(n => NetworkRow.Of(n, isWhole))], parsed.GetValue(format), context.Options.Json);
            return 0;
        });
        return command;
    }
}
