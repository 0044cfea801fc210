using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using MiniDock.Cli.Commands.Images;
using MiniDock.Cli.Commands.Volumes;
using MiniDock.Cli.Output.Lists;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Images.Store;
using MiniDock.Plugins.Storage.Volumes;

namespace MiniDock.Cli.Commands.General;

/// <summary><c>minidock system df</c>.</summary>
internal static class SystemDfCommand
{
    private static readonly Column[] s_columns =
        [new("Type", "TYPE"), new("TotalCount", "TOTAL"), new("Active", "ACTIVE"), new("Size", "SIZE"), new("Reclaimable", "RECLAIMABLE")];

    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var format = CommonOptions.Format();
        var command = new VerbCommand("system df", "Show what takes disk space")
        {
            Usage = "[OPTIONS]",
            Examples = ["minidock system df", "minidock system df --format json"],
            Options = { format },
        };
        command.SetAction(parsed =>
        {
            new ListPrinter(s_columns, []).Print(context.Out, [Images(context), Containers(context), Volumes(context)], parsed.GetValue(format), context.Options.Json);
            return 0;
        });
        return command;
    }

    private static JsonObject Images(CliContext context)
    {
        var listing = context.Get<ImageListing>();
        var images = listing.List();
        var (total, reclaimable) = listing.DiskUsage();
        return Row("Images", images.Count, images.Count(i => i.Containers > 0), total, reclaimable);
    }

    private static JsonObject Containers(CliContext context)
    {
        var sizes = context.Get<ContainerStore>().List().Select(c => (c.IsRunning, Bytes: DiskUsage.Of(context.Paths.StateDirectory(c.Id)))).ToList();
        return Row("Containers", sizes.Count, sizes.Count(s => s.IsRunning), sizes.Sum(s => s.Bytes), sizes.Where(s => !s.IsRunning).Sum(s => s.Bytes));
    }

    private static JsonObject Volumes(CliContext context)
    {
        var store = new VolumeStore(context.Paths);
        var used = new UsedVolumes(context);
        var sizes = store.List().Select(v => (IsUsed: used.Contains(v), Bytes: DiskUsage.Of(store.DirectoryOf(v.Name)))).ToList();
        return Row("Local Volumes", sizes.Count, sizes.Count(s => s.IsUsed), sizes.Sum(s => s.Bytes), sizes.Where(s => !s.IsUsed).Sum(s => s.Bytes));
    }

    private static JsonObject Row(string type, int count, int active, long total, long reclaimable) => new()
    {
        ["Type"] = type,
        ["TotalCount"] = count.ToString(CultureInfo.InvariantCulture),
        ["Active"] = active.ToString(CultureInfo.InvariantCulture),
        ["Size"] = DecimalSize.Of(total),
        ["Reclaimable"] = total == 0 ? "0B" : $"{DecimalSize.Of(reclaimable)} ({reclaimable * 100 / total}%)",
    };
}
