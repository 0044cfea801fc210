using MiniDock.Cli.Input;

namespace MiniDock.Cli.Commands.General;

/// <summary>Finds what the last word of a command line may become.</summary>
internal static class Completer
{
    /// <summary>The candidates, sorted; none where the shell should offer file names.</summary>
    public static IEnumerable<string> Candidates(CliContext context, string[] words)
    {
        var prefix = words[^1];
        return All(context, words.AsSpan(0, words.Length - 1).ToArray(), prefix)
            .Where(c => c.StartsWith(prefix, StringComparison.Ordinal))
            .Distinct()
            .Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> All(CliContext context, string[] before, string prefix)
    {
        var start = BehindGlobals(before);
        if (start >= before.Length)
        {
            return prefix.StartsWith('-') ? new GlobalFlags().Names.Append("--help") : FirstWords();
        }

        var rest = before[start..];
        if (CommandTable.Find(rest) is not var (entry, count))
        {
            return CommandTable.Group(rest[0]).Select(g => g.Path.Split(' ')[1]);
        }

        var command = entry.Create(context);
        var typed = rest[count..];
        if (command.StopsAtPositional && Positionals(command, typed) > 0)
        {
            return [];
        }

        if (typed.Length > 0 && TakesNext(new CommandFlags(command), typed[^1]))
        {
            return command.CompletesFlag?.Invoke(context, typed[^1]) ?? [];
        }

        return prefix.StartsWith('-')
            ? command.Options.Where(o => !o.Hidden).Select(o => o.Name).Append("--help")
            : command.Completes?.Invoke(context, Positionals(command, typed)) ?? [];
    }

    private static IEnumerable<string> FirstWords() =>
        from entry in CommandTable.All
        where !entry.Hidden
        from path in entry.Aliases.Prepend(entry.Path)
        select path.Split(' ')[0];

    private static int BehindGlobals(string[] words)
    {
        var globals = new GlobalFlags();
        var i = 0;
        while (i < words.Length && words[i].StartsWith('-'))
        {
            i += TakesNext(globals, words[i]) ? 2 : 1;
        }

        return i;
    }

    private static int Positionals(VerbCommand command, string[] typed)
    {
        try
        {
            return new FlagReader(new CommandFlags(command), new GlobalFlags(), command.StopsAtPositional).Read(typed).Positionals.Count;
        }
        catch (UsageException)
        {
            return 0;
        }
    }

    private static bool TakesNext(IFlagSet flags, string word) => word.StartsWith('-') && !word.Contains('=') && flags.Find(word)?.Kind == FlagKind.Value;
}
