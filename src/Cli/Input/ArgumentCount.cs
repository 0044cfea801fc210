using MiniDock.Cli.Commands;

namespace MiniDock.Cli.Input;

/// <summary>Checks how many positional arguments a command was given, with docker's words.</summary>
internal static class ArgumentCount
{
    /// <summary>Refuses too few or too many.</summary>
    public static void Check(VerbCommand command, int given)
    {
        var least = command.Arguments.Sum(a => a.Arity.MinimumNumberOfValues);
        var most = command.Arguments.Sum(a => (long)a.Arity.MaximumNumberOfValues);
        if (given >= least && given <= most)
        {
            return;
        }

        var expected = least == most ? (most == 0 ? "takes no arguments" : $"requires {Count(least)}")
            : given < least ? $"requires at least {Count(least)}"
            : $"takes at most {Count(most)}";
        throw new UsageException($"'minidock {command.Path}' {expected}", $"minidock {command.Path} {command.Usage}", exitCode: 1);
    }

    private static string Count(long count) => count == 1 ? "1 argument" : $"{count} arguments";
}
