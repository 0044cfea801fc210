using System.CommandLine;
using MiniDock.Engine.Images.Store;

namespace MiniDock.Cli.Commands.Images;

/// <summary><c>minidock image prune</c>.</summary>
internal static class PruneCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var all = new Option<bool>("--all", "-a") { Description = "also images with a name, where no container uses them" };
        var force = new Option<bool>("--force", "-f") { Description = "do not ask" };
        var command = new VerbCommand("image prune", "Remove images that nothing names or uses")
        {
            Usage = "[OPTIONS]",
            Examples = ["minidock image prune -f", "minidock image prune -a"],
            Options = { all, force },
        };
        command.SetAction(parsed =>
        {
            if (!parsed.GetValue(force) && !Confirm(context, parsed.GetValue(all)))
            {
                return 0;
            }

            var (lines, freed) = context.Get<ImageRemoval>().Prune(parsed.GetValue(all));
            lines.ForEach(context.Out.WriteLine);
            context.Out.WriteLine($"Total reclaimed space: {DecimalSize.Of(freed)}");
            return 0;
        });
        return command;
    }

    private static bool Confirm(CliContext context, bool all)
    {
        context.Error.WriteLine(all
            ? "WARNING! This removes all images that no container uses."
            : "WARNING! This removes all images without a name.");
        context.Error.Write("Are you sure? [y/N] ");
        return Console.In.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
