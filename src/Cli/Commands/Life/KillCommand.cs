using System.CommandLine;
using MiniDock.Linux;

namespace MiniDock.Cli.Commands.Life;

/// <summary><c>minidock kill</c>.</summary>
internal static class KillCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var signal = new Option<string?>("--signal", "-s") { Description = "signal to send (default KILL)", HelpName = "SIGNAL" };
        var names = EachContainer.Names();
        var command = new VerbCommand("kill", "Send a signal to containers")
        {
            Usage = "[OPTIONS] CONTAINER [CONTAINER...]",
            Examples = ["minidock kill zion", "minidock kill -s HUP web"],
            Completes = (c, _) => Completion.Containers(c),
            Options = { signal },
            Arguments = { names },
        };
        command.SetAction(parsed =>
        {
            var asked = StopOptions.Parse(parsed.GetValue(signal)) ?? Signal.SIGKILL;
            return EachContainer.Do(context, "kill", parsed.GetValue(names)!, c => context.Engine.Stop.Kill(c, asked));
        });
        return command;
    }
}
