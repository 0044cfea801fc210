using System.CommandLine;
using MiniDock.Abstractions;
using MiniDock.Linux;

namespace MiniDock.Cli.Commands.Life;

/// <summary>Options of the commands that end containers.</summary>
internal static class StopOptions
{
    /// <summary>The signal that asks.</summary>
    public static Option<string?> Signal() => new("--signal", "-s") { Description = "signal that asks it to end (default: the container's stop signal)", HelpName = "SIGNAL" };

    /// <summary>The time that the container gets.</summary>
    public static Option<int?> Time() => new("--timeout", "-t", "--time") { Description = "seconds before it is killed; -1 waits for ever (default: the container's, 10)", HelpName = "SECONDS" };

    /// <summary>The signal of a name or number; null for none.</summary>
    /// <exception cref="EngineException">There is no such signal.</exception>
    public static Signal? Parse(string? text) =>
        text is null ? null
        : SignalNames.TryParse(text, out var signal) ? signal
        : throw new EngineException($"signal {text}: EINVAL (no such signal)", "such as SIGTERM, HUP or 9", exitCode: 1);
}
