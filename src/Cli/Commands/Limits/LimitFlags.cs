using System.CommandLine;
using MiniDock.Abstractions;
using MiniDock.Cli.Commands.Containers;
using MiniDock.Engine.Containers.Creation;

namespace MiniDock.Cli.Commands.Limits;

/// <summary>The flags of <c>run</c> that set limits, on other commands.</summary>
internal sealed class LimitFlags
{
    private static readonly string[] Names =
    [
        "--blkio-weight", "--blkio-weight-device", "--cgroup-conf", "--cpu-burst", "--cpu-period", "--cpu-quota", "--cpu-rt-period", "--cpu-rt-runtime", "--cpu-shares",
        "--cpus", "--cpuset-cpus", "--cpuset-mems", "--device-read-bps", "--device-read-iops", "--device-write-bps", "--device-write-iops", "--hugetlb-limit", "--memory",
        "--memory-high", "--memory-reservation", "--memory-swap", "--memory-swappiness", "--oom-kill-disable", "--pids-limit",
    ];

    private readonly List<(RunFlag Row, Option Option)> _flags;

    /// <summary>Makes the options.</summary>
    /// <param name="more">Other flags of <c>run</c> that the command takes.</param>
    public LimitFlags(params string[] more) =>
        _flags = [.. RunFlagTable.All.Where(f => Names.Contains(f.Name) || more.Contains(f.Name)).Select(f => (f, f.ToOption()))];

    /// <summary>Gives them to a command.</summary>
    public void AddTo(VerbCommand command) => _flags.ForEach(f => command.Options.Add(f.Option));

    /// <summary>What was typed.</summary>
    /// <exception cref="EngineException">Nothing was, and <paramref name="path"/> names the command that needs something.</exception>
    public RunFlags Read(ParseResult parsed, string? path)
    {
        var typed = new RunFlags();
        var count = 0;
        foreach (var (row, option) in _flags)
        {
            foreach (var value in Values(parsed, option))
            {
                count++;
                row.Take!(typed, value);
            }
        }

        return count > 0 || path is null
            ? typed
            : throw new EngineException($"{path}: EINVAL (no limit was given)", $"minidock {path} --help lists them", exitCode: 1);
    }

    private static string[] Values(ParseResult parsed, Option option) => option switch
    {
        Option<string[]> values => parsed.GetValue(values) ?? [],
        Option<bool> isOn when parsed.GetResult(isOn) is { Implicit: false } => [parsed.GetValue(isOn) ? "true" : "false"],
        _ => [],
    };
}
