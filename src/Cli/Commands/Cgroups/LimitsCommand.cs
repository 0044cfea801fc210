using System.CommandLine;
using MiniDock.Abstractions;
using MiniDock.Cli.Commands.Limits;

namespace MiniDock.Cli.Commands.Cgroups;

/// <summary><c>minidock cgroup limits</c>.</summary>
internal static class LimitsCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var format = CommonOptions.Format();
        var path = new Argument<string>("PATH");
        var command = new VerbCommand("cgroup limits", "Show each limit of a control group that containers share, where it is held, and what is used")
        {
            Usage = "[OPTIONS] PATH",
            Examples = ["minidock cgroup limits cogsi"],
            Completes = (c, _) => Completion.Cgroups(c),
            Options = { format },
            Arguments = { path },
        };
        command.SetAction(parsed =>
        {
            var limits = context.Engine.SharedGroups.LimitsOf(parsed.GetValue(path)!);
            if (limits.Count == 0)
            {
                throw new EngineException($"cgroup {parsed.GetValue(path)}: ENOENT (not made since the host started)", "the next container in it makes it", exitCode: 1);
            }

            LimitTable.Print(context, limits, parsed.GetValue(format));
            return 0;
        });
        return command;
    }
}
