using System.CommandLine;

namespace MiniDock.Cli.Commands.General;

/// <summary><c>minidock __complete -- WORD…</c>: what the completion scripts call. Prints candidates for the last word.</summary>
internal static class CompleteCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var words = new Argument<string[]>("WORD") { Arity = ArgumentArity.OneOrMore };
        var command = new VerbCommand("__complete", "Candidates for the last word")
        {
            Usage = "-- WORD...",
            Examples = ["minidock __complete -- run --m"],
            Arguments = { words },
        };
        command.SetAction(parsed =>
        {
            foreach (var candidate in Completer.Candidates(context, parsed.GetValue(words) ?? []))
            {
                context.Out.WriteLine(candidate);
            }

            return 0;
        });
        return command;
    }
}
