using System.CommandLine;
using System.Globalization;
using MiniDock.Abstractions;
using MiniDock.Cli.Output;
using MiniDock.Cli.Output.Lists;
using MiniDock.Engine.Containers.Exec;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Containers.Usage;

namespace MiniDock.Cli.Commands.Limits;

/// <summary><c>minidock top</c>.</summary>
internal static class TopCommand
{
    private const int LeastColumn = 20;

    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var words = new Argument<string[]>("CONTAINER [ps OPTIONS]") { Arity = ArgumentArity.OneOrMore };
        var command = new VerbCommand("top", "Show the processes of a container")
        {
            Usage = "CONTAINER [ps OPTIONS]",
            StopsAtPositional = true,
            Details = "Ids and users are the host's. With options the host's ps is run with them, and the container's lines are shown.",
            Examples = ["minidock top zion", "minidock top zion -o pid,ppid,rss,args", "minidock top zion aux"],
            Completes = (c, index) => index == 0 ? Completion.RunningContainers(c) : [],
            Arguments = { words },
        };
        command.SetAction(parsed =>
        {
            var given = parsed.GetValue(words)!;
            var container = context.Get<ContainerStore>().Find(given[0]);

            // Held meanwhile, so that the groups are still this container's when they are read.
            using var target = ContainerTarget.Open(container, evenPaused: true);
            var pids = context.Engine.Groups.ProcessesOf(container);
            var rows = given.Length > 1 ? HostPs.Run(Options(given), pids.ToHashSet()) : [ProcessRow.Headers, .. Own(pids)];
            TextTable.Write(context.Out, rows[0], rows.Skip(1).Select(r => r.Select(TerminalText.Escape).ToArray()), LeastColumn);
            return 0;
        });
        return command;
    }

    // With options that do not choose processes ps shows those of this terminal: all are wanted, to choose from.
    private static string[] Options(string[] given) =>
        given[1].StartsWith('-') && !given[1..].Any(o => o.StartsWith('-') && !o.StartsWith("-o", StringComparison.Ordinal) && o.AsSpan().ContainsAny('e', 'A', 'a'))
            ? ["-e", .. given[1..]]
            : given[1..];

    private static IEnumerable<string[]> Own(IEnumerable<int> pids)
    {
        var users = Users();
        var uptime = TimeSpan.FromSeconds(double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture));
        var now = DateTimeOffset.UtcNow;
        return pids.Select(ContainerProcess.Read).OfType<ContainerProcess>().Select(p => ProcessRow.Of(p, users, uptime, now));
    }

    private static Dictionary<uint, string> Users()
    {
        var users = new Dictionary<uint, string>();
        foreach (var line in File.Exists("/etc/passwd") ? File.ReadLines("/etc/passwd") : [])
        {
            if (line.Split(':') is [var name, _, var id, ..] && uint.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                users.TryAdd(number, name);
            }
        }

        return users;
    }
}
