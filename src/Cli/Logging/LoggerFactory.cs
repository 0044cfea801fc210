using Serilog;
using Serilog.Events;

namespace MiniDock.Cli.Logging;

/// <summary>Builds the logger; called before the first line only.</summary>
internal static class LoggerFactory
{
    /// <summary>Makes a logger that writes to standard error in the format and from the level that the user chose.</summary>
    public static ILogger Create(GlobalOptions options, TextWriter error) =>
        new LoggerConfiguration()
            .MinimumLevel.Is(LevelOf(options.LogLevel))
            .WriteTo.Sink(new StandardErrorSink(error, asJson: options.LogFormat == "json"))
            .CreateLogger();

    private static LogEventLevel LevelOf(string level) => level switch
    {
        "debug" => LogEventLevel.Debug,
        "info" => LogEventLevel.Information,
        "error" => LogEventLevel.Error,
        _ => LogEventLevel.Warning,
    };
}
