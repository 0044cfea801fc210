using System.CommandLine;
using MiniDock.Abstractions;
using MiniDock.Cli.Output.Lists;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Cli.Commands.Containers;

/// <summary><c>minidock ps</c>.</summary>
internal static class PsCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var all = new Option<bool>("--all", "-a") { Description = "also those that do not run" };
        var last = new Option<int>("--last", "-n") { HelpName = "N", Description = "the N created last, whatever they do", DefaultValueFactory = _ => -1 };
        var latest = new Option<bool>("--latest", "-l") { Description = "the one created last" };
        var quiet = CommonOptions.Quiet();
        var noTrunc = CommonOptions.NoTrunc();
        var filter = CommonOptions.Filter(ContainerFilter.Keys);
        var format = CommonOptions.Format();
        var command = new VerbCommand("ps", "List containers")
        {
            Usage = "[OPTIONS]",
            Examples =
            [
                "minidock ps -a",
                "minidock ps -q --filter status=exited",
                "minidock ps --format 'table {{.Names}}\\t{{.Status}}'",
            ],
            Options = { all, last, latest, quiet, noTrunc, filter, format },
        };
        command.SetAction(parsed =>
        {
            var store = context.Get<ContainerStore>();
            var count = parsed.GetValue(latest) ? 1 : parsed.GetValue(last);
            if (count is 0 or < -1)
            {
                throw new EngineException($"--last {count}: EINVAL (not a number from 1 up)", exitCode: 1);
            }

            var conditions = new ContainerFilter(parsed.GetValue(filter) ?? [], store);
            var wantsAll = parsed.GetValue(all) || count > 0 || conditions.AsksForStatus;
            var containers = (wantsAll ? store.List() : store.ListActive()).Where(c => wantsAll || c.IsRunning).Where(conditions.Matches);
            var shown = (count > 0 ? containers.Take(count) : containers).ToList();
            if (parsed.GetValue(quiet) && parsed.GetValue(format) is null)
            {
                shown.ForEach(c => context.Out.WriteLine(parsed.GetValue(noTrunc) ? c.Id.Value : c.Id.Short));
                return 0;
            }

            var now = DateTimeOffset.UtcNow;
            new ListPrinter(ContainerRow.Columns, ContainerRow.Others).Print(
                context.Out, [.. shown.Select(c => ContainerRow.Of(c, parsed.GetValue(noTrunc), now))], parsed.GetValue(format), context.Options.Json);
            return 0;
        });
        return command;
    }
}
