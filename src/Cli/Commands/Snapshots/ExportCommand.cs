using System.CommandLine;
using MiniDock.Cli.Output;

namespace MiniDock.Cli.Commands.Snapshots;

/// <summary><c>minidock export</c>.</summary>
internal static class ExportCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var output = new Option<string?>("--output", "-o") { Description = "write to this file instead of standard output", HelpName = "FILE" };
        var name = new Argument<string>("CONTAINER");
        var command = new VerbCommand("export", "Write a container's files as a tar archive")
        {
            Usage = "[OPTIONS] CONTAINER",
            Examples = ["minidock export zion > zion.tar", "minidock export -o zion.tar zion", "minidock export zion | minidock import - zion:copy"],
            Details = "What volumes and other mounts hold is no part of it.",
            Completes = (c, index) => index == 0 ? Completion.Containers(c) : [],
            Options = { output },
            Arguments = { name },
        };
        command.SetAction(parsed =>
        {
            var container = context.Engine.Store.Find(parsed.GetValue(name)!);
            ArchiveOutput.Write(parsed.GetValue(output), stream => context.Engine.Export.Write(container, stream));
            return 0;
        });
        return command;
    }
}
