using System.CommandLine;
using MiniDock.Abstractions;
using MiniDock.Cli.Output;
using MiniDock.Engine.Images.Store;

namespace MiniDock.Cli.Commands.Images;

/// <summary><c>minidock rmi</c>.</summary>
internal static class RemoveCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var images = new Argument<string[]>("IMAGE") { Arity = ArgumentArity.OneOrMore };
        var force = new Option<bool>("--force", "-f") { Description = "also where containers use it, or several names lead to it" };
        var noPrune = new Option<bool>("--no-prune") { Hidden = true };
        var command = new VerbCommand("rmi", "Remove images")
        {
            Usage = "[OPTIONS] IMAGE [IMAGE…]",
            Examples = ["minidock rmi busybox", "minidock rmi -f 3f5a8c"],
            Details = "A name is taken away; with its last name the image goes, and layers that nothing else needs.",
            Arguments = { images },
            Options = { force, noPrune },
            Completes = (_, _) => Completion.Images(context),
        };
        command.SetAction(parsed => Run(context, parsed.GetValue(images)!, parsed.GetValue(force)));
        return command;
    }

    private static int Run(CliContext context, string[] images, bool force)
    {
        var removal = context.Get<ImageRemoval>();
        var failed = 0;
        foreach (var image in images)
        {
            try
            {
                removal.Remove(image, force).ForEach(context.Out.WriteLine);
            }
            catch (EngineException e) when (images.Length > 1 && !(force && e.Message.EndsWith("not found", StringComparison.Ordinal)))
            {
                // One that cannot go does not keep the others.
                context.Flush();
                failed = ErrorPrinter.Print(context.Error, e, "rmi", 1);
            }
        }

        return failed;
    }
}
