using System.CommandLine;
using MiniDock.Abstractions;
using MiniDock.Cli.Commands.Containers;
using MiniDock.Cli.Commands.Life;
using MiniDock.Engine.Containers.Creation;

namespace MiniDock.Cli.Commands.Limits;

/// <summary><c>minidock update</c>: the flags of <c>run</c> that can change later.</summary>
internal static class UpdateCommand
{
    private static readonly string[] Names =
    [
        "--blkio-weight", "--blkio-weight-device", "--cgroup-conf", "--cpu-burst", "--cpu-period", "--cpu-quota", "--cpu-rt-period", "--cpu-rt-runtime", "--cpu-shares",
        "--cpus", "--cpuset-cpus", "--cpuset-mems", "--device-read-bps", "--device-read-iops", "--device-write-bps", "--device-write-iops", "--hugetlb-limit", "--memory",
        "--memory-high", "--memory-reservation", "--memory-swap", "--memory-swappiness", "--oom-kill-disable", "--pids-limit", "--restart",
    ];

    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var flags = RunFlagTable.All.Where(f => Array.IndexOf(Names, f.Name) >= 0).Select(f => (Row: f, Option: f.ToOption())).ToList();
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
        flags.ForEach(f => command.Options.Add(f.Option));
        command.SetAction(parsed =>
        {
            var typed = new RunFlags();
            foreach (var (row, option) in flags)
            {
                foreach (var value in Values(parsed, option))
                {
                    row.Take!(typed, value);
                }
            }

            if (flags.TrueForAll(f => Values(parsed, f.Option).Length == 0))
            {
                throw new EngineException("update: EINVAL (no limit was given)", "minidock update --help lists them", exitCode: 1);
            }

            return EachContainer.Do(
                context, "update", parsed.GetValue(names)!, c => context.Engine.Update.Update(c, spec => SpecUpdate.Apply(spec, typed, context.Engine.Host)));
        });
        return command;
    }

    private static string[] Values(ParseResult parsed, Option option) => option switch
    {
        Option<string[]> values => parsed.GetValue(values) ?? [],
        Option<bool> isOn when parsed.GetResult(isOn) is { Implicit: false } => [parsed.GetValue(isOn) ? "true" : "false"],
        _ => [],
    };
}
