using System.CommandLine;
using System.Runtime.InteropServices;
using MiniDock.Abstractions;
using MiniDock.Cli.Output.Templates;
using MiniDock.Engine.Events;
using MiniDock.Linux;

namespace MiniDock.Cli.Commands.Life;

/// <summary><c>minidock events</c>.</summary>
internal static class EventsCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var since = new Option<string?>("--since") { Description = "also what happened from then on: a time, or how long ago (10m)", HelpName = "TIME" };
        var until = new Option<string?>("--until") { Description = "end then: a time, or how long ago (0s shows what there is)", HelpName = "TIME" };
        var filter = CommonOptions.Filter(EventFilter.Keys);
        var format = new Option<string?>("--format") { Description = "json, or a template such as '{{.Action}} {{.Actor.ID}}'", HelpName = "FORMAT" };
        var command = new VerbCommand("events", "Show what happens to containers and images")
        {
            Usage = "[OPTIONS]",
            Examples =
            [
                "minidock events",
                "minidock events --since 1h --until 0s --filter container=zion --filter event=die",
                "minidock events --filter type=container --format '{{.Action}} {{.Actor.Attributes.name}}'",
            ],
            Details = "It goes on until it is interrupted, or until --until. Nothing that happens meanwhile is lost. A run with --rm in the foreground that began when nobody\n"
                + "listened tells its beginning with its end; a reboot clears what --since can show.",
            CompletesFlag = (_, flag) => flag == filter.Name ? EventFilter.Keys.Split(", ").Select(k => k + "=") : [],
            Options = { filter, format, since, until },
        };
        command.SetAction(parsed =>
        {
            var now = DateTimeOffset.UtcNow;
            var from = LogFilter.Moment("--since", parsed.GetValue(since), now);
            var to = LogFilter.Moment("--until", parsed.GetValue(until), now);
            var conditions = new EventFilter(parsed.GetValue(filter) ?? []);
            var print = Printer(context, parsed.GetValue(format));
            using var listener = new EventListener(context.Paths, history: from is not null);
            return Follow(context, listener, to, e =>
            {
                if (!(e.Time < from) && !(e.Time > to) && conditions.Matches(e))
                {
                    print(e);
                }
            });
        });
        return command;
    }

    private static int Follow(CliContext context, EventListener listener, DateTimeOffset? until, Action<EngineEvent> show)
    {
        using var interrupted = Polling.EventFd();
        var exitCode = 0;
        var isInterrupted = false;
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, c => Stop(c, Signal.SIGINT));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => Stop(c, Signal.SIGTERM));
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, c => Stop(c, Signal.SIGHUP));
        var output = Files.Borrow(1);
        var items = new PollItem[3];
        while (true)
        {
            // What was told before the end is shown before it, so the end is looked at first.
            var isOver = isInterrupted || until <= DateTimeOffset.UtcNow;
            listener.Read().ForEach(show);
            context.Flush();
            if (isOver)
            {
                return exitCode;
            }

            // Standard output tells only that its reader is gone.
            items[0] = new PollItem(listener.Ready, PollEvents.Read);
            items[1] = new PollItem(interrupted, PollEvents.Read);
            items[2] = new PollItem(output, PollEvents.None);
            Polling.Poll(items, until is { } end ? (int)Math.Clamp((end - DateTimeOffset.UtcNow).TotalMilliseconds + 1, 0, int.MaxValue) : -1);
            if ((items[2].Happened & (PollEvents.Error | PollEvents.HangUp)) != 0)
            {
                return exitCode;
            }

            isInterrupted = items[1].Happened != PollEvents.None;
        }

        void Stop(PosixSignalContext signal, Signal number)
        {
            signal.Cancel = true;
            exitCode = 128 + (int)number;
            Polling.SignalEvent(interrupted);
        }
    }

    private static Action<EngineEvent> Printer(CliContext context, string? format)
    {
        if (context.Options.Json || format is "json" or "{{json .}}")
        {
            return e => context.Out.WriteLine(EventText.Json(e));
        }

        if (string.IsNullOrEmpty(format))
        {
            return e => context.Out.WriteLine(EventText.Line(e));
        }

        // A template that is none is told before anything happens.
        try
        {
            var template = Template.Parse(format);
            return e => context.Out.WriteLine(Filled(template, e));
        }
        catch (TemplateException e)
        {
            throw new EngineException(e.Message, e.Hint, exitCode: 1, inner: e);
        }
    }

    private static string Filled(Template template, EngineEvent happened)
    {
        try
        {
            return template.Fill(EventText.Fields(happened));
        }
        catch (TemplateException e)
        {
            throw new EngineException(e.Message, e.Hint, exitCode: 1, inner: e);
        }
    }
}
