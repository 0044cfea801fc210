namespace MiniDock.Cli.Input;

/// <summary>The command line itself is wrong: printed with "See 'minidock VERB --help'".</summary>
internal sealed class UsageException(string message, string? hint = null, int exitCode = 125) : Exception(message)
{
    /// <summary>What the user may have meant, or null.</summary>
    public string? Hint { get; } = hint;

    /// <summary>125 for a wrong flag, 1 for a wrong number of arguments, as docker's.</summary>
    public int ExitCode { get; } = exitCode;
}
