using System.CommandLine;
using MiniDock.Cli.Commands.Life;
using MiniDock.Engine.Containers.Creation;

namespace MiniDock.Cli.Commands.Limits;

/// <summary><c>minidock update</c>: the flags of <c>run</c> that can change later.</summary>
internal static class UpdateCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var flags = new LimitFlags("--restart");
        var names = EachContainer.Names();
        var command = new VerbCommand("update", "Change the limits of containers, also while they run")
        {
            Usage = "[OPTIONS] CONTAINER [CONTAINER...]",
            Details = "What is not named stays as it is. An update that is refused changes nothing.",
            Examples = ["minidock update --mem 1G zion", "minidock update --cpus 0.5 --pids-limit 100 zion moon", "minidock update --restart always web"],
            Completes = (c, _) => Completion.Containers(c),
            CompletesFlag = Completion.OfRunFlag,
            Arguments = { names },
        };
        flags.AddTo(command);
        command.SetAction(parsed =>
        {
            var typed = flags.Read(parsed, "update");
            return EachContainer.Do(
                context, "update", parsed.GetValue(names)!, c => context.Engine.Update.Update(c, spec => SpecUpdate.Apply(spec, typed, context.Engine.Host)));
        });
        return command;
    }
}
