using MiniDock.Abstractions.Providers;

namespace MiniDock.Abstractions;

/// <summary>A failure that the user of the engine can understand and act upon: its message goes to standard error as it is.</summary>
/// <remarks>The text follows <c>&lt;what&gt; &lt;object&gt;: &lt;ERRNO or code&gt; (&lt;text&gt;)</c>: lower case, no full stop, with the object's name or path.</remarks>
public sealed class EngineException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What went wrong, with the object.</param>
    /// <param name="hint">What the user can do, or null.</param>
    /// <param name="exitCode">Exit status of the command, as docker's: 125 engine, 126 not executable, 127 not found, 1 for other verbs.</param>
    /// <param name="inner">The cause, kept for the log.</param>
    public EngineException(string message, string? hint = null, int exitCode = 125, Exception? inner = null)
        : base(message, inner)
    {
        Hint = hint;
        ExitCode = exitCode;
    }

    /// <summary>One error that tells all problems, a line each.</summary>
    public static EngineException Of(IReadOnlyList<Problem> problems, int exitCode = 125) =>
        new(
            string.Join('\n', problems.Select(p => p.Message)),
            problems.Any(p => p.Hint is not null) ? string.Join('\n', problems.Select(p => p.Hint).OfType<string>().Distinct()) : null,
            exitCode);

    /// <summary>What the user can do about it, or null.</summary>
    public string? Hint { get; }

    /// <summary>Exit status that the command ends with.</summary>
    public int ExitCode { get; }
}
