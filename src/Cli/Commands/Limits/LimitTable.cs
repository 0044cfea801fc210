using System.Globalization;
using System.Text.Json.Nodes;
using MiniDock.Abstractions.Providers;
using MiniDock.Cli.Output;
using MiniDock.Cli.Output.Lists;

namespace MiniDock.Cli.Commands.Limits;

/// <summary>The table of limits, of a container or a group.</summary>
internal static class LimitTable
{
    private static readonly Column[] Columns = [new("Name", "LIMIT"), new("Value", "VALUE"), new("Used", "USED"), new("File", "FILE")];

    /// <summary>Prints it.</summary>
    public static void Print(CliContext context, IReadOnlyList<CgroupLimit> limits, string? format) =>
        new ListPrinter(Columns, []).Print(context.Out, [.. limits.Select(Row)], format, context.Options.Json);

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
