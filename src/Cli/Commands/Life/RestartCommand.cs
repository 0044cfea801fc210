using System.CommandLine;
using MiniDock.Engine.Events;

namespace MiniDock.Cli.Commands.Life;

/// <summary><c>minidock restart</c>.</summary>
internal static class RestartCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var signal = StopOptions.Signal();
        var time = StopOptions.Time();
        var names = EachContainer.Names();
        var command = new VerbCommand("restart", "Stop containers and start them again")
        {
            Usage = "[OPTIONS] CONTAINER [CONTAINER...]",
            Examples = ["minidock restart zion", "minidock restart -t 1 zion moon"],
            Completes = (c, _) => Completion.Containers(c),
            Options = { signal, time },
            Arguments = { names },
        };
        command.SetAction(parsed =>
        {
            var asked = StopOptions.Parse(parsed.GetValue(signal));
            return EachContainer.Do(context, "restart", parsed.GetValue(names)!, container =>
            {
                context.Engine.Stop.Stop(container, asked, parsed.GetValue(time));
                context.Engine.Start.Start(container);
                context.Engine.Store.Events.Append(ContainerEvents.Of(container.Spec, "restart"));
            });
        });
        return command;
    }
}
