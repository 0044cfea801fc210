using System.CommandLine;

namespace MiniDock.Cli.Commands.Life;

/// <summary><c>minidock pause</c>.</summary>
internal static class PauseCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var names = EachContainer.Names();
        var command = new VerbCommand("pause", "Freeze all processes of containers")
        {
            Usage = "CONTAINER [CONTAINER...]",
            Details = "Nothing in the container notices. stop, kill and rm -f let it go on to end it; exec and attach refuse until it is unpaused.",
            Examples = ["minidock pause zion", "minidock pause zion moon"],
            Completes = (c, _) => Completion.RunningContainers(c),
            Arguments = { names },
        };
        command.SetAction(parsed => EachContainer.Do(context, "pause", parsed.GetValue(names)!, context.Engine.Pause.Pause));
        return command;
    }
}
