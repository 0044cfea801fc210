using System.CommandLine;
using System.Text;
using MiniDock.Cli.Output;
using MiniDock.Engine.Containers.Snapshots;

namespace MiniDock.Cli.Commands.Snapshots;

/// <summary><c>minidock diff</c>.</summary>
internal static class DiffCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var name = new Argument<string>("CONTAINER");
        var command = new VerbCommand("diff", "Show what a container has changed in its image's files")
        {
            Usage = "CONTAINER",
            Examples = ["minidock diff zion"],
            Details = "A line for each file: A it was added, C it or something in it was changed, D it was deleted. Volumes and other mounts are left out.",
            Completes = (c, index) => index == 0 ? Completion.Containers(c) : [],
            Arguments = { name },
        };
        command.SetAction(parsed =>
        {
            foreach (var change in context.Engine.Changes.Find(context.Engine.Store.Find(parsed.GetValue(name)!)))
            {
                context.Out.WriteLine($"{Letter(change.Kind)} /{TerminalText.Escape(Encoding.UTF8.GetString(change.Path))}");
            }

            return 0;
        });
        return command;
    }

    private static char Letter(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => 'A',
        ChangeKind.Deleted => 'D',
        _ => 'C',
    };
}
