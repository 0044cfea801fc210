using System.CommandLine;
using MiniDock.Abstractions.Model;
using MiniDock.Cli.Output.Lists;
using MiniDock.Engine.Images.Store;

namespace MiniDock.Cli.Commands.Images;

/// <summary><c>minidock images</c>.</summary>
internal static class ListCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var pattern = new Argument<string?>("NAME") { Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all", "-a") { Hidden = true };
        var quiet = CommonOptions.Quiet();
        var noTrunc = CommonOptions.NoTrunc();
        var filter = CommonOptions.Filter(ImageFilter.Keys);
        var format = CommonOptions.Format();
        var command = new VerbCommand("images", "List images")
        {
            Usage = "[OPTIONS] [NAME[:TAG]]",
            Examples = ["minidock images", "minidock images -q --filter dangling=true", "minidock images --format '{{.Repository}}:{{.Tag}} {{.Size}}'"],
            Arguments = { pattern },
            Options = { all, quiet, noTrunc, filter, format },
            Completes = (_, _) => Completion.Images(context),
        };
        command.SetAction(parsed =>
        {
            var conditions = new ImageFilter(parsed.GetValue(filter) ?? [], context.Get<ImageStore>());
            var name = parsed.GetValue(pattern);
            var found =
                (from image in context.Get<ImageListing>().List()
                 from reference in image.References.Count == 0 ? [null] : image.References.Select(one => (ImageReference?)one)
                 where name is null || (reference is { } one && ImageFilter.MatchesName(one, name))
                 where conditions.Matches(image, reference)
                 select (Image: image, Reference: reference)).ToList();
            var isWhole = parsed.GetValue(noTrunc);
            if (parsed.GetValue(quiet) && parsed.GetValue(format) is null)
            {
                found.Select(one => isWhole ? one.Image.Id.ToString() : one.Image.Id.Short).Distinct().ToList().ForEach(context.Out.WriteLine);
                return 0;
            }

            var now = DateTimeOffset.UtcNow;
            new ListPrinter(ImageRow.Columns, ImageRow.Others).Print(
                context.Out, [.. found.Select(one => ImageRow.Of(one.Image, one.Reference, isWhole, now))], parsed.GetValue(format), context.Options.Json);
            return 0;
        });
        return command;
    }
}
