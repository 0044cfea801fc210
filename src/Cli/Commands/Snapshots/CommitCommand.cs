using System.CommandLine;
using System.Runtime.InteropServices;
using MiniDock.Cli.Commands.Images;
using MiniDock.Engine.Containers.Snapshots;

namespace MiniDock.Cli.Commands.Snapshots;

/// <summary><c>minidock commit</c>.</summary>
internal static class CommitCommand
{
    private const int Interrupted = 130;

    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var author = new Option<string?>("--author", "-a") { Description = "who made the image", HelpName = "TEXT" };
        var changes = new Option<string[]>("--change", "-c") { Description = "change the image's config as a Dockerfile would; repeatable", HelpName = "INSTRUCTION" };
        var message = new Option<string?>("--message", "-m") { Description = "comment in the image's history", HelpName = "TEXT" };
        var pause = new Option<bool>("--pause", "-p") { Description = "freeze the container meanwhile", DefaultValueFactory = _ => true };
        var container = new Argument<string>("CONTAINER");
        var image = new Argument<string?>("NAME") { Arity = ArgumentArity.ZeroOrOne };
        var command = new VerbCommand("commit", "Make an image of a container")
        {
            Usage = "[OPTIONS] CONTAINER [NAME[:TAG]]",
            Examples = ["minidock commit zion zion:v2", "minidock commit -m \"with nginx\" -c 'CMD [\"nginx\"]' zion web"],
            Details = "What volumes and other mounts hold is no part of it.",
            Completes = (c, index) => index == 0 ? Completion.Containers(c) : [],
            Options = { author, changes, message, pause },
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
                Pause = parsed.GetValue(pause),
            };
            return Run(context, parsed.GetValue(container)!, request);
        });
        return command;
    }

    private static int Run(CliContext context, string container, CommitRequest request)
    {
        var commit = context.Engine.Commit;
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Abort());
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Abort());
        context.Out.WriteLine(commit.Commit(context.Engine.Store.Find(container), request));
        return 0;

        void Abort()
        {
            commit.Abort();
            Environment.Exit(Interrupted);
        }
    }
}
