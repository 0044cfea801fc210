using System.Globalization;
using System.Text.Json.Nodes;
using MiniDock.Cli.Commands.Images;
using MiniDock.Cli.Output;
using MiniDock.Cli.Output.Lists;
using MiniDock.Engine.Containers.Usage;

namespace MiniDock.Cli.Commands.Limits;

/// <summary>What a container uses as a row of <c>stats</c>, with docker's field names.</summary>
internal static class StatsRow
{
    /// <summary>The columns of the table.</summary>
    public static readonly Column[] Columns =
    [
        new("ID", "CONTAINER ID"), new("Name", "NAME"), new("CPUPerc", "CPU %"), new("MemUsage", "MEM USAGE / LIMIT"), new("MemPerc", "MEM %"),
        new("NetIO", "NET I/O"), new("BlockIO", "BLOCK I/O"), new("PIDs", "PIDS"),
    ];

    /// <summary>Fields that the table does not show.</summary>
    public static readonly Column[] Others = [new("Container", "CONTAINER")];

    /// <summary>Makes the row.</summary>
    /// <param name="sample">The present sample.</param>
    /// <param name="earlier">The one before, or null.</param>
    /// <param name="hostMemoryBytes">What stands for the limit of a container that has none.</param>
    /// <param name="isWhole">Whether ids are shown whole.</param>
    public static JsonObject Of(ContainerSample sample, ContainerSample? earlier, long hostMemoryBytes, bool isWhole)
    {
        var (spec, usage, isRunning) = (sample.Container.Spec, sample.Usage, sample.Container.IsRunning);
        var memory = usage.MemoryBytes ?? 0;
        var limit = isRunning ? Math.Min(usage.MemoryLimitBytes ?? hostMemoryBytes, hostMemoryBytes) : 0;
        return new JsonObject
        {
            ["BlockIO"] = $"{DecimalSize.Of(usage.BlockReadBytes ?? 0)} / {DecimalSize.Of(usage.BlockWriteBytes ?? 0)}",
            ["CPUPerc"] = Percent(sample.CpuPercentSince(earlier)),
            ["Container"] = isWhole ? spec.Id.Value : spec.Id.Short,
            ["ID"] = isWhole ? spec.Id.Value : spec.Id.Short,
            ["MemPerc"] = Percent(limit > 0 ? memory * 100.0 / limit : 0),
            ["MemUsage"] = $"{BinarySize.Of(memory)} / {BinarySize.Of(limit)}",
            ["Name"] = spec.Name,
            ["NetIO"] = $"{DecimalSize.Of(sample.Network.ReceivedBytes)} / {DecimalSize.Of(sample.Network.SentBytes)}",
            ["PIDs"] = (usage.Pids ?? 0).ToString(CultureInfo.InvariantCulture),
        };
    }

    private static string Percent(double value) => value.ToString("0.00", CultureInfo.InvariantCulture) + "%";
}
