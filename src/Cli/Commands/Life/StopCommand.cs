using System.CommandLine;

namespace MiniDock.Cli.Commands.Life;

/// <summary><c>minidock stop</c>.</summary>
internal static class StopCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var signal = StopOptions.Signal();
        var time = StopOptions.Time();
        var names = EachContainer.Names();
        var command = new VerbCommand("stop", "Stop containers")
        {
            Usage = "[OPTIONS] CONTAINER [CONTAINER...]",
            Examples = ["minidock stop zion", "minidock stop -t 2 zion moon"],
            Completes = (c, _) => Completion.Containers(c),
            Options = { signal, time },
            Arguments = { names },
        };
        command.SetAction(parsed =>
        {
            var asked = StopOptions.Parse(parsed.GetValue(signal));
            return EachContainer.Do(context, "stop", parsed.GetValue(names)!, c => context.Engine.Stop.Stop(c, asked, parsed.GetValue(time)));
        });
        return command;
    }
}
