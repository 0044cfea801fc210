using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Providers;
using MiniDock.Cli.Output;
using MiniDock.Cli.Output.Lists;
using MiniDock.Engine.Containers.Exec;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Cli.Commands.Limits;

/// <summary><c>minidock limits</c>.</summary>
internal static class LimitsCommand
{
    private static readonly Column[] Columns = [new("Name", "LIMIT"), new("Value", "VALUE"), new("Used", "USED"), new("File", "FILE")];

    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var format = CommonOptions.Format();
        var name = new Argument<string>("CONTAINER");
        var command = new VerbCommand("limits", "Show each limit of a running container, where it is held, and what is used")
        {
            Usage = "[OPTIONS] CONTAINER",
            Details = "What the kernel holds, not what was asked for; minidock inspect shows that. A limit without a file is one for which the container has no group.",
            Examples = ["minidock limits zion", "minidock limits --format '{{.Name}}: {{.Used}} of {{.Value}}' zion", "minidock --json limits zion"],
            Completes = (c, _) => Completion.RunningContainers(c),
            Options = { format },
            Arguments = { name },
        };
        command.SetAction(parsed =>
        {
            var container = context.Get<ContainerStore>().Find(parsed.GetValue(name)!);
            using var target = ContainerTarget.Open(container, evenPaused: true);
            var limits = context.Engine.Groups.LimitsOf(container);
            if (limits.Count == 0)
            {
                throw new EngineException($"limits of {container.Spec.Name}: ENODEV (it has no control groups)", exitCode: 1);
            }

            new ListPrinter(Columns, []).Print(context.Out, [.. limits.Select(Row)], parsed.GetValue(format), context.Options.Json);
            return 0;
        });
        return command;
    }

    private static JsonObject Row(CgroupLimit limit) => new()
    {
        ["Name"] = limit.Name,
        ["Value"] = limit.Value switch
        {
            null => "unlimited",
            "" => "-",
            var value when limit.Unit == CgroupLimitUnit.Bytes => BinarySize.Of(Number(value)),
            var value when limit.Unit == CgroupLimitUnit.Processors => Processors(value),
            var value => value,
        },
        ["Used"] = limit.Used switch
        {
            null or "" => "-",
            var used when limit.Unit == CgroupLimitUnit.Bytes => BinarySize.Of(Number(used)),
            var used when limit.Unit == CgroupLimitUnit.Processors => $"{(Number(used) / 1e9).ToString("0.00", CultureInfo.InvariantCulture)}s",
            var used => used,
        },
        ["File"] = limit.File.Length == 0 ? "-" : limit.File,
    };

    // "50000 100000": microseconds in each period.
    private static string Processors(string value)
    {
        var parts = value.Split(' ');
        return (Number(parts[0]) / (double)Number(parts[1])).ToString("0.##", CultureInfo.InvariantCulture);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
