using System.CommandLine;

namespace MiniDock.Cli.Commands.Life;

/// <summary><c>minidock unpause</c>.</summary>
internal static class UnpauseCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var names = EachContainer.Names();
        var command = new VerbCommand("unpause", "Let the processes of paused containers go on")
        {
            Usage = "CONTAINER [CONTAINER...]",
            Examples = ["minidock unpause zion", "minidock unpause zion moon"],
            Completes = (c, _) => Completion.RunningContainers(c),
            Arguments = { names },
        };
        command.SetAction(parsed => EachContainer.Do(context, "unpause", parsed.GetValue(names)!, context.Engine.Pause.Unpause));
        return command;
    }
}
