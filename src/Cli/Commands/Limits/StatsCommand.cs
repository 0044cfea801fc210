using System.CommandLine;
using System.Text.Json.Nodes;
using MiniDock.Abstractions.Model;
using MiniDock.Cli.Output;
using MiniDock.Cli.Output.Lists;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Containers.Usage;

namespace MiniDock.Cli.Commands.Limits;

/// <summary><c>minidock stats</c>.</summary>
internal static class StatsCommand
{
    private const int IntervalMilliseconds = 1000;

    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var all = new Option<bool>("--all", "-a") { Description = "also those that do not run" };
        var once = new Option<bool>("--no-stream") { Description = "print one table and end" };
        var noTrunc = CommonOptions.NoTrunc();
        var format = CommonOptions.Format();
        var names = new Argument<string[]>("CONTAINER") { Arity = ArgumentArity.ZeroOrMore };
        var command = new VerbCommand("stats", "Show what containers use, once a second")
        {
            Usage = "[OPTIONS] [CONTAINER...]",
            Details = "CPU % is of one processor. The memory does not count file cache that can be dropped at once. What the groups of a container do not count on "
                + "this host (cgroup version 1 makes none for it) is summed up from its processes.",
            Examples = ["minidock stats", "minidock stats --no-stream zion moon", "minidock stats --no-stream --format '{{.Name}} {{.CPUPerc}} {{.MemUsage}}'"],
            Completes = (c, _) => Completion.RunningContainers(c),
            Options = { all, once, noTrunc, format },
            Arguments = { names },
        };
        command.SetAction(parsed =>
        {
            var (named, isAll, isWhole, shape) = (parsed.GetValue(names) ?? [], parsed.GetValue(all), parsed.GetValue(noTrunc), parsed.GetValue(format));
            var groups = context.Engine.Groups;
            var isLive = !parsed.GetValue(once) && !Console.IsOutputRedirected && !context.Options.Json && shape is null or "table";
            var earlier = Sample(context, groups, named, isAll);
            for (var round = 0; ; round++)
            {
                // Nothing can be measured of containers that do not run.
                var isWorthWaiting = round > 0 || earlier.Values.Any(s => s.Container.IsRunning);
                if (isWorthWaiting && !StandardStreams.WaitWhileRead(IntervalMilliseconds))
                {
                    return 0;
                }

                var samples = Sample(context, groups, named, isAll);
                var rows = samples.Values.Select(s => StatsRow.Of(s, earlier.GetValueOrDefault(s.Container.Id), groups.Host.MemoryBytes, isWhole)).ToList();
                Print(context, rows, shape, isLive, isFirst: round == 0);
                if (parsed.GetValue(once))
                {
                    return 0;
                }

                earlier = samples;
            }
        });
        return command;
    }

    private static Dictionary<ContainerId, ContainerSample> Sample(CliContext context, RunningGroups groups, string[] named, bool all) =>
        Selected(context.Get<ContainerStore>(), named, all).ToDictionary(c => c.Id, c => ContainerSample.Take(c, groups));

    // Those that were named must be there, each time.
    private static IEnumerable<Container> Selected(ContainerStore store, string[] named, bool all) =>
        named.Length > 0 ? named.Select(store.Find).DistinctBy(c => c.Id)
        : all ? store.List()
        : store.ListActive().Where(c => c.IsRunning);

    // On a terminal each table is written over the one before: what is left of longer lines, and of more lines, is cleared.
    private static void Print(CliContext context, IReadOnlyList<JsonObject> rows, string? format, bool isLive, bool isFirst)
    {
        var printer = new ListPrinter(StatsRow.Columns, StatsRow.Others);
        if (!isLive)
        {
            printer.Print(context.Out, rows, format, context.Options.Json);
        }
        else
        {
            using var text = new StringWriter { NewLine = "\n" };
            printer.Print(text, rows, format, asJson: false);
            context.Out.Write(isFirst ? "\u001b[H\u001b[2J" : "\u001b[H");
            context.Out.Write(text.ToString().Replace("\n", "\u001b[K\n", StringComparison.Ordinal));
            context.Out.Write("\u001b[J");
        }

        context.Out.Flush();
    }
}
