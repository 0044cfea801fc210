using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using MiniDock.Abstractions.Providers;
using MiniDock.Cli.Commands.Containers;
using MiniDock.Cli.Commands.Images;
using MiniDock.Cli.Output;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Containers.Usage;

namespace MiniDock.Cli.Commands.Limits;

/// <summary><c>minidock tree</c>.</summary>
internal static class TreeCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var noTrunc = CommonOptions.NoTrunc();
        var command = new VerbCommand("tree", "Show control groups with their containers and processes")
        {
            Usage = "[OPTIONS]",
            Details = "Each group with what it uses of what it may. On cgroup version 1 the hierarchies are shown as one. Ids of processes are the host's.",
            Examples = ["minidock tree", "minidock --json tree"],
            Options = { noTrunc },
        };
        command.SetAction(parsed =>
        {
            var nodes = new GroupListing(context.Get<ContainerStore>(), context.Engine.Groups).List();
            if (context.Options.Json)
            {
                context.Out.WriteLine(JsonText.Indented(new JsonArray([.. nodes.Select(Json)])));
                return 0;
            }

            foreach (var node in nodes)
            {
                Write(context.Out, node, "", "", parsed.GetValue(noTrunc));
            }

            return 0;
        });
        return command;
    }

    private static void Write(TextWriter output, GroupNode node, string first, string rest, bool isWhole)
    {
        output.WriteLine($"{first}{TerminalText.Escape(Title(node, isWhole))}");
        var lines = node.Processes.Count + node.Children.Count;
        foreach (var process in node.Processes)
        {
            var text = TerminalText.Escape($"{process.Pid.ToString(CultureInfo.InvariantCulture)} {process.Command}");
            output.WriteLine($"{rest}{(--lines > 0 ? "├─ " : "└─ ")}{text}");
        }

        foreach (var child in node.Children)
        {
            var isLast = --lines == 0;
            Write(output, child, rest + (isLast ? "└─ " : "├─ "), rest + (isLast ? "   " : "│  "), isWhole);
        }
    }

    private static string Title(GroupNode node, bool isWhole)
    {
        var name = node.Path[(node.Path.LastIndexOf('/') + 1)..];
        var title = node.Container is { } container
            ? $"{container.Spec.Name} ({(isWhole ? container.Id.Value : container.Id.Short)}, {ContainerRow.StateName(container.State.Status)}{(node.Path.Length == 0 ? ", no control group" : "")})"
            : name + "/";
        return node.Usage is { } usage && Use(usage) is { Length: > 0 } use ? $"{title}  {use}" : title;
    }

    private static string Use(CgroupUsage usage)
    {
        var parts = new List<string>();
        if (usage.CpuNanoseconds is { } cpu)
        {
            parts.Add($"cpu {(cpu / 1e9).ToString("0.00", CultureInfo.InvariantCulture)}s");
        }

        if (usage.MemoryBytes is { } memory)
        {
            parts.Add($"memory {BinarySize.Of(memory)}{(usage.MemoryLimitBytes is { } limit ? " of " + BinarySize.Of(limit) : "")}");
        }

        if (usage.Pids is { } pids)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"pids {pids}{(usage.PidsLimit is { } most ? $" of {most}" : "")}"));
        }

        if (usage is { BlockReadBytes: { } read, BlockWriteBytes: { } written })
        {
            parts.Add($"read {DecimalSize.Of(read)}, written {DecimalSize.Of(written)}");
        }

        return string.Join(", ", parts);
    }

    private static JsonNode Json(GroupNode node) => new JsonObject
    {
        ["Path"] = node.Path,
        ["Container"] = node.Container?.Spec.Name,
        ["ID"] = node.Container?.Id.Value,
        ["Usage"] = node.Usage is { } usage ? Json(usage) : null,
        ["Processes"] = new JsonArray([.. node.Processes.Select(p => (JsonNode)new JsonObject { ["PID"] = p.Pid, ["Command"] = p.Command })]),
        ["Groups"] = new JsonArray([.. node.Children.Select(Json)]),
    };

    private static JsonObject Json(CgroupUsage usage) => new()
    {
        ["CpuNanoseconds"] = usage.CpuNanoseconds,
        ["MemoryBytes"] = usage.MemoryBytes,
        ["MemoryLimitBytes"] = usage.MemoryLimitBytes,
        ["Pids"] = usage.Pids,
        ["PidsLimit"] = usage.PidsLimit,
        ["BlockReadBytes"] = usage.BlockReadBytes,
        ["BlockWriteBytes"] = usage.BlockWriteBytes,
    };
}
