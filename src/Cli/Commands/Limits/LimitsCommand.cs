using System.CommandLine;
using MiniDock.Abstractions;
using MiniDock.Engine.Containers.Exec;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Cli.Commands.Limits;

/// <summary><c>minidock limits</c>.</summary>
internal static class LimitsCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var format = CommonOptions.Format();
        var name = new Argument<string>("CONTAINER");
        var command = new VerbCommand("limits", "Show each limit of a running container, where it is held, and what is used")
        {
            Usage = "[OPTIONS] CONTAINER",
            Details = "What the kernel holds, not what was asked for; minidock inspect shows that. A limit without a file is one for which the container has no group.",
            Examples = ["minidock limits zion", "minidock limits --format '{{.Name}}: {{.Used}} of {{.Value}}' zion", "minidock --json limits zion"],
            Completes = (c, _) => Completion.RunningContainers(c),
            Options = { format },
            Arguments = { name },
        };
        command.SetAction(parsed =>
        {
            var container = context.Get<ContainerStore>().Find(parsed.GetValue(name)!);
            using var target = ContainerTarget.Open(container, evenPaused: true);
            var limits = context.Engine.Groups.LimitsOf(container);
            if (limits.Count == 0)
            {
                throw new EngineException($"limits of {container.Spec.Name}: ENODEV (it has no control groups)", exitCode: 1);
            }

            LimitTable.Print(context, limits, parsed.GetValue(format));
            return 0;
        });
        return command;
    }
}
