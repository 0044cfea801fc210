using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using MiniDock.Cli.Output;
using MiniDock.Cli.Output.Lists;
using MiniDock.Engine.Images.Store;

namespace MiniDock.Cli.Commands.Images;

/// <summary><c>minidock history</c>.</summary>
internal static class HistoryCommand
{
    private const int ShortText = 45;

    private static readonly Column[] s_columns =
        [new("ID", "IMAGE"), new("CreatedSince", "CREATED"), new("CreatedBy", "CREATED BY"), new("Size", "SIZE"), new("Comment", "COMMENT")];

    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var image = new Argument<string>("IMAGE");
        var quiet = CommonOptions.Quiet();
        var noTrunc = CommonOptions.NoTrunc();
        var human = new Option<bool>("--human", "-H") { Description = "sizes and times for people; otherwise bytes and dates", DefaultValueFactory = _ => true };
        var format = CommonOptions.Format();
        var command = new VerbCommand("history", "Show how an image came to be")
        {
            Usage = "[OPTIONS] IMAGE",
            Examples = ["minidock history busybox", "minidock history --no-trunc --format '{{.CreatedBy}}' busybox"],
            Arguments = { image },
            Options = { quiet, noTrunc, human, format },
            Completes = (_, _) => Completion.Images(context),
        };
        command.SetAction(parsed =>
        {
            var store = context.Get<ImageStore>();
            var rows = Rows(store, store.Resolve(parsed.GetValue(image)!), parsed.GetValue(noTrunc), parsed.GetValue(human));
            if (parsed.GetValue(quiet) && parsed.GetValue(format) is null)
            {
                rows.ForEach(row => context.Out.WriteLine(row["ID"]!.GetValue<string>()));
                return 0;
            }

            new ListPrinter(s_columns, [new("CreatedAt", "CREATED AT")]).Print(context.Out, rows, parsed.GetValue(format), context.Options.Json);
            return 0;
        });
        return command;
    }

    // The newest first; only the image itself has an id, as with docker's imported and pulled images.
    private static List<JsonObject> Rows(ImageStore store, StoredImage image, bool isWhole, bool isHuman)
    {
        var now = DateTimeOffset.UtcNow;
        var layer = 0;
        var rows = new List<JsonObject>();
        foreach (var step in image.Config.History)
        {
            var size = step.IsEmptyLayer || layer >= image.Config.DiffIds.Count ? 0 : store.ContentBytes(image.Config.DiffIds[layer++]);
            var created = step.Created ?? image.Config.Created ?? DateTimeOffset.UnixEpoch;
            var date = created.ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture);
            rows.Add(new JsonObject
            {
                ["ID"] = "<missing>",
                ["CreatedSince"] = isHuman ? HumanTime.Since(created, now) + " ago" : date,
                ["CreatedBy"] = Short(step.CreatedBy ?? "", isWhole),
                ["Size"] = isHuman ? DecimalSize.Of(size) : size.ToString(CultureInfo.InvariantCulture),
                ["Comment"] = step.Comment ?? "",
                ["CreatedAt"] = date,
            });
        }

        rows.Reverse();
        if (rows.Count > 0)
        {
            rows[0]["ID"] = isWhole ? image.Id.ToString() : image.Id.Short;
        }

        return rows;
    }

    private static string Short(string text, bool isWhole) => isWhole || text.Length <= ShortText ? text : text[..(ShortText - 1)] + "…";
}
