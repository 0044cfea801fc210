using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using MiniDock.Abstractions.Providers;
using MiniDock.Cli.Output;
using MiniDock.Cli.Output.Lists;
using MiniDock.Engine.Containers.Groups;

namespace MiniDock.Cli.Commands.Cgroups;

/// <summary><c>minidock cgroup ls</c>.</summary>
internal static class LsCommand
{
    private static readonly Column[] Columns = [new("Path", "PATH"), new("Memory", "MEMORY"), new("Pids", "PIDS"), new("Containers", "CONTAINERS")];

    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var quiet = CommonOptions.Quiet();
        var format = CommonOptions.Format();
        var command = new VerbCommand("cgroup ls", "List control groups that containers share")
        {
            Usage = "[OPTIONS]",
            Examples = ["minidock cgroup ls", "minidock cgroup ls --format '{{.Path}} {{.Memory}}'"],
            Options = { quiet, format },
        };
        command.SetAction(parsed =>
        {
            var groups = context.Engine.SharedGroups;
            if (parsed.GetValue(quiet) && parsed.GetValue(format) is null)
            {
                groups.List().ToList().ForEach(context.Out.WriteLine);
                return 0;
            }

            new ListPrinter(Columns, []).Print(context.Out, [.. groups.List().Select(path => Row(groups, path))], parsed.GetValue(format), context.Options.Json);
            return 0;
        });
        return command;
    }

    private static JsonObject Row(GroupControl groups, string path)
    {
        var usage = groups.UsageOf(path);
        return new JsonObject
        {
            ["Path"] = path,
            ["Memory"] = Of(usage.MemoryBytes, usage.MemoryLimitBytes, BinarySize.Of),
            ["Pids"] = Of(usage.Pids, usage.PidsLimit, n => n.ToString(CultureInfo.InvariantCulture)),
            ["Containers"] = string.Join(' ', groups.Users(path)),
        };
    }

    private static string Of(long? used, long? limit, Func<long, string> text) =>
        used is null ? "-" : limit is null ? text(used.Value) : $"{text(used.Value)} / {text(limit.Value)}";
}
