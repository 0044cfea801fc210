using System.CommandLine;
using MiniDock.Cli.Commands.Images;
using MiniDock.Engine.Containers.Snapshots;

namespace MiniDock.Cli.Commands.Snapshots;

/// <summary><c>minidock commit</c>.</summary>
internal static class CommitCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var author = new Option<string?>("--author", "-a") { Description = "who made the image", HelpName = "TEXT" };
        var changes = new Option<string[]>("--change", "-c") { Description = "change the image's config as a Dockerfile would; repeatable", HelpName = "INSTRUCTION" };
        var message = new Option<string?>("--message", "-m") { Description = "comment in the image's history", HelpName = "TEXT" };
        var container = new Argument<string>("CONTAINER");
        var image = new Argument<string?>("NAME") { Arity = ArgumentArity.ZeroOrOne };
        var command = new VerbCommand("commit", "Make an image of a container")
        {
            Usage = "[OPTIONS] CONTAINER [NAME[:TAG]]",
            Examples = ["minidock commit zion zion:v2", "minidock commit -m \"with nginx\" -c 'CMD [\"nginx\"]' zion web"],
            Details = "What volumes and other mounts hold is no part of it.",
            Completes = (c, index) => index == 0 ? Completion.Containers(c) : [],
            Options = { author, changes, message },
            Arguments = { container, image },
        };
        command.SetAction(parsed =>
        {
            var request = new CommitRequest
            {
                Reference = ImageNameText.Parse(parsed.GetValue(image)),
                Author = parsed.GetValue(author),
                Message = parsed.GetValue(message),
                Changes = parsed.GetValue(changes) ?? [],
            };
            context.Out.WriteLine(context.Engine.Commit.Commit(context.Engine.Store.Find(parsed.GetValue(container)!), request));
            return 0;
        });
        return command;
    }
}
