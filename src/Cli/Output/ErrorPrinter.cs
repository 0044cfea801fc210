using MiniDock.Abstractions;
using MiniDock.Cli.Input;
using MiniDock.Linux;

namespace MiniDock.Cli.Output;

/// <summary>Prints failures as <c>minidock: …</c> and <c>hint: …</c>, and finds the exit code.</summary>
internal static class ErrorPrinter
{
    /// <summary>Prints one failure.</summary>
    /// <param name="error">Where to.</param>
    /// <param name="failure">What happened.</param>
    /// <param name="verb">The command, such as <c>system df</c>, or null.</param>
    /// <param name="engineCode">What the command ends with when the engine fails: 125 for those that start containers, 1 for others.</param>
    /// <returns>The exit code.</returns>
    public static int Print(TextWriter error, Exception failure, string? verb, int engineCode)
    {
        switch (failure)
        {
            case UsageException usage:
                Line(error, usage.Message, usage.Hint);
                error.WriteLine(verb is null ? "See 'minidock --help'" : $"See 'minidock {verb} --help'");
                return usage.ExitCode;
            case EngineException engine:
                Line(error, engine.Message, engine.Hint);
                return engine.ExitCode == 125 ? engineCode : engine.ExitCode;
            case LinuxException kernel:
                Line(error, kernel.Message, kernel.Hint);
                return engineCode;
            case UnauthorizedAccessException or IOException:
                Line(error, failure.Message, null);
                return engineCode;
            default:
                Line(error, $"internal error: {failure.GetType().Name}: {failure.Message}", "run it again with --log-level debug in front of the command to see where");
                return engineCode;
        }
    }

    // An error that names several problems has a line for each.
    private static void Line(TextWriter error, string message, string? hint)
    {
        foreach (var line in message.Split('\n'))
        {
            error.WriteLine("minidock: " + TerminalText.Escape(line));
        }

        foreach (var line in hint?.Split('\n') ?? [])
        {
            error.WriteLine("hint: " + TerminalText.Escape(line));
        }
    }
}
