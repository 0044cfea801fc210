using System.CommandLine;
using MiniDock.Cli.Commands.Limits;

namespace MiniDock.Cli.Commands.Cgroups;

/// <summary><c>minidock cgroup update</c>.</summary>
internal static class UpdateCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var flags = new LimitFlags();
        var path = new Argument<string>("PATH");
        var command = new VerbCommand("cgroup update", "Change the limits of a control group that containers share")
        {
            Usage = "[OPTIONS] PATH",
            Details = "What is not named stays as it is. An update that is refused changes nothing.",
            Examples = ["minidock cgroup update --mem 200M --cpus 0.5 cogsi"],
            Completes = (c, _) => Completion.Cgroups(c),
            Arguments = { path },
        };
        flags.AddTo(command);
        command.SetAction(parsed =>
        {
            context.Engine.SharedGroups.Update(parsed.GetValue(path)!, flags.Read(parsed, "cgroup update"));
            context.Out.WriteLine(parsed.GetValue(path));
            return 0;
        });
        return command;
    }
}
