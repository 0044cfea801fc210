using System.Globalization;
using System.Text;
using System.Text.Json;
using Serilog.Core;
using Serilog.Events;

namespace MiniDock.Cli.Logging;

/// <summary>Writes log lines: <c>time level message key=value…</c>, or a JSON object each.</summary>
internal sealed class StandardErrorSink(TextWriter error, bool asJson) : ILogEventSink
{
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        var line = asJson ? Json(logEvent) : Text(logEvent);
        lock (_gate)
        {
            error.WriteLine(line);
        }
    }

    private static string Level(LogEvent logEvent) => logEvent.Level switch
    {
        LogEventLevel.Verbose or LogEventLevel.Debug => "debug",
        LogEventLevel.Information => "info",
        LogEventLevel.Warning => "warn",
        _ => "error",
    };

    private static string Time(LogEvent logEvent) => logEvent.Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Text(LogEvent logEvent)
    {
        var line = $"{Time(logEvent)} {Level(logEvent),-5} {Output.TerminalText.Escape(logEvent.RenderMessage(CultureInfo.InvariantCulture))}";
        return logEvent.Exception is null ? line : $"{line}\n{logEvent.Exception}";
    }

    private static string Json(LogEvent logEvent)
    {
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("time", Time(logEvent));
            writer.WriteString("level", Level(logEvent));
            writer.WriteString("msg", logEvent.RenderMessage(CultureInfo.InvariantCulture));
            foreach (var (name, value) in logEvent.Properties)
            {
                writer.WriteString(name, value is ScalarValue { Value: string text } ? text : value.ToString());
            }

            if (logEvent.Exception is not null)
            {
                writer.WriteString("error", logEvent.Exception.ToString());
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
