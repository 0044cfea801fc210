using System.CommandLine;
using System.Globalization;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Logs;
using MiniDock.Engine.Containers.Monitor;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Cli.Commands.Life;

/// <summary><c>minidock logs</c>.</summary>
internal static class LogsCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var follow = new Option<bool>("--follow", "-f") { Description = "go on with what is written, until the container ends" };
        var tail = new Option<string>("--tail", "-n") { Description = "lines from the end (default all)", HelpName = "N", DefaultValueFactory = _ => "all" };
        var since = new Option<string?>("--since") { Description = "not before: a time, or how long ago (10m)", HelpName = "TIME" };
        var until = new Option<string?>("--until") { Description = "not after: a time, or how long ago (10m)", HelpName = "TIME" };
        var timestamps = new Option<bool>("--timestamps", "-t") { Description = "show the time of each line" };
        var name = new Argument<string>("CONTAINER");
        var command = new VerbCommand("logs", "Show what a container has written")
        {
            Usage = "[OPTIONS] CONTAINER",
            Examples = ["minidock logs zion", "minidock logs -f --tail 20 zion", "minidock logs --since 10m -t zion"],
            Completes = (c, _) => Completion.Containers(c),
            Options = { follow, tail, since, until, timestamps },
            Arguments = { name },
        };
        command.SetAction(parsed =>
        {
            var store = context.Get<ContainerStore>();
            var container = store.Find(parsed.GetValue(name)!);
            if (container.Spec.Log.Driver == LogSpec.None)
            {
                throw new EngineException($"logs of {container.Spec.Name}: ENOTSUP (its log driver is none)", exitCode: 1);
            }

            var now = DateTimeOffset.UtcNow;
            var filter = new LogFilter(
                Count(parsed.GetValue(tail)!),
                LogFilter.Moment("--since", parsed.GetValue(since), now),
                LogFilter.Moment("--until", parsed.GetValue(until), now));
            var reader = new LogReader(ContainerMonitor.LogPath(store.Paths, container.Id));
            var records = parsed.GetValue(follow)
                ? filter.Follow(reader, () => ContainerLock.IsHeld(store.Paths, container.Id))
                : filter.Apply(reader.Read());
            foreach (var record in records)
            {
                Write(context, record, parsed.GetValue(timestamps), flush: parsed.GetValue(follow));
            }

            return 0;
        });
        return command;
    }

    private static int? Count(string text) =>
        text == "all" ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count
        : throw new EngineException($"--tail {text}: EINVAL (not a number of lines)", "such as 20, or all", exitCode: 1);

    private static void Write(CliContext context, LogRecord record, bool timestamps, bool flush)
    {
        var output = record.Stream == LogStream.Stderr ? context.Error : context.Out;
        if (timestamps)
        {
            output.Write(record.Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffff00Z ", CultureInfo.InvariantCulture));
        }

        output.Write(record.Text);
        if (flush || record.Stream == LogStream.Stderr)
        {
            context.Flush();
        }
    }
}
