using System.CommandLine;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Images.Store;

namespace MiniDock.Cli.Commands.Images;

/// <summary><c>minidock tag</c>.</summary>
internal static class TagCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var source = new Argument<string>("IMAGE");
        var target = new Argument<string>("NAME");
        var command = new VerbCommand("tag", "Give an image another name")
        {
            Usage = "IMAGE NAME[:TAG]",
            Examples = ["minidock tag busybox tools:1.0", "minidock tag 3f5a busybox"],
            Arguments = { source, target },
            Completes = (_, index) => index == 0 ? Completion.Images(context) : [],
        };
        command.SetAction(parsed =>
        {
            var text = parsed.GetValue(target)!;
            if (!ImageReference.TryParse(text, out var reference))
            {
                throw new EngineException($"image name {text}: EINVAL (not NAME or NAME:TAG)", "names are lower case, such as team/app:1.0", 1);
            }

            context.Get<ImageStore>().Tag(parsed.GetValue(source)!, reference);
            return 0;
        });
        return command;
    }
}
