using System.CommandLine;
using System.Text.Json.Nodes;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Providers;
using MiniDock.Cli.Commands.Images;
using MiniDock.Cli.Output;
using MiniDock.Cli.Output.Lists;
using MiniDock.Engine.Integrity;

namespace MiniDock.Cli.Commands.General;

/// <summary><c>minidock system check</c>.</summary>
internal static class SystemCheckCommand
{
    private static readonly Column[] s_columns = [new("Type", "TYPE"), new("Name", "NAME"), new("Damage", "DAMAGE"), new("State", "STATE"), new("Advice", "ADVICE")];

    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var repair = new Option<bool>("--repair") { Description = "mend what can be mended, and remove what is of no use any more" };
        var format = CommonOptions.Format();
        var command = new VerbCommand("system check", "Look for damage in what is kept on disk")
        {
            Usage = "[OPTIONS]",
            Details = "Compares layers, configs and manifests with their digests, and looks at names, containers and networks. Ends with 1 where something\n"
                + "is damaged and was not repaired. Nothing that a container uses is removed.",
            Examples = ["minidock system check", "minidock system check --repair"],
            Options = { repair, format },
        };
        command.SetAction(parsed =>
        {
            var report = context.Engine.Check.Find();
            var rows = report.Damages.Select(damage => Treat(context, damage, parsed.GetValue(repair))).ToList();
            if (parsed.GetValue(format) is not null || context.Options.Json)
            {
                new ListPrinter(s_columns, []).Print(context.Out, rows, parsed.GetValue(format), context.Options.Json);
            }
            else
            {
                rows.ForEach(row => Print(context.Out, row));
                Summarize(context.Out, report, rows);
            }

            return rows.TrueForAll(IsRepaired) ? 0 : 1;
        });
        return command;
    }

    // What was done is what the state says; an empty one stands for nothing.
    private static JsonObject Treat(CliContext context, Damage damage, bool repairs)
    {
        var state = "";
        if (repairs && damage.Repair is { } repair)
        {
            try
            {
                state = repair();
            }
            catch (Exception e) when (e is EngineException or IOException or UnauthorizedAccessException)
            {
                ErrorPrinter.Print(context.Error, e, "system check", 1);
            }
        }

        return new JsonObject
        {
            ["Type"] = damage.Type,
            ["Name"] = damage.Name,
            ["Damage"] = damage.Text,
            ["State"] = state,
            ["Advice"] = damage.Repair is null ? damage.Advice : $"{damage.Advice}, or: minidock system check --repair",
        };
    }

    private static bool IsRepaired(JsonObject row) => Text(row, "State").Length > 0;

    private static void Print(TextWriter output, JsonObject row)
    {
        output.WriteLine($"{Text(row, "Type")} {Text(row, "Name")}: {Text(row, "Damage")}");
        output.WriteLine(IsRepaired(row) ? $"  repaired: {Text(row, "State")}" : $"  hint: {Text(row, "Advice")}");
    }

    private static void Summarize(TextWriter output, CheckReport report, List<JsonObject> rows)
    {
        if (report.UnnamedImages.Count > 0)
        {
            output.WriteLine($"without a name: image {string.Join(", ", report.UnnamedImages)}; name it with minidock tag, or remove it with minidock image prune");
        }

        var checkedText = $"{Count(report.ImageCount, "image")}, {Count(report.LayerCount, "layer")} ({DecimalSize.Of(report.LayerBytes)}), {Count(report.ContainerCount, "container")}";
        var left = rows.Count(row => !IsRepaired(row));
        var result = rows.Count == 0 ? "nothing is damaged" : left == 0 ? $"{rows.Count} damaged, all repaired" : $"{left} damaged";
        output.WriteLine($"checked {checkedText}: {result}");
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static string Text(JsonObject row, string field) => TerminalText.Escape(row[field]!.GetValue<string>());
}
