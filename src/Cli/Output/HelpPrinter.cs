using System.CommandLine;
using MiniDock.Cli.Commands;
using MiniDock.Cli.Input;

namespace MiniDock.Cli.Output;

/// <summary>Prints help in docker's layout, with examples.</summary>
internal static class HelpPrinter
{
    private const int FlagColumn = 32;

    /// <summary>Prints all commands and the global flags.</summary>
    public static int Overview(TextWriter output, int exitCode)
    {
        output.WriteLine("Usage:  minidock [OPTIONS] COMMAND\n\nContainers made of the kernel's own parts, without a daemon");
        foreach (var (area, commands) in CommandTable.Areas)
        {
            var shown = commands.Where(c => !c.Hidden).ToArray();
            if (shown.Length > 0)
            {
                output.WriteLine($"\n{area}:");
                WriteColumns(output, shown.Select(c => (c.Path, c.Summary)));
            }
        }

        output.WriteLine("\nGlobal options:");
        foreach (var (name, value, help) in GlobalFlags.All)
        {
            WriteFlag(output, $"      {name}{(value.Length > 0 ? " " + value : "")}", help);
        }

        output.WriteLine("\nExamples:\n  minidock import busybox.tar\n  minidock run --mem 100M --net bridge busybox sh\n\nSee 'minidock COMMAND --help' for a command's options");
        return exitCode;
    }

    /// <summary>Prints the commands of a group.</summary>
    public static int Group(TextWriter output, string name, IReadOnlyList<(string Path, CommandEntry Entry)> commands, int exitCode)
    {
        output.WriteLine($"Usage:  minidock {name} COMMAND\n\nCommands:");
        WriteColumns(output, commands.Select(c => (c.Path[(name.Length + 1)..], c.Entry.Summary)));
        output.WriteLine($"\nExamples:\n  minidock {commands[0].Path} --help");
        return exitCode;
    }

    /// <summary>Prints one command.</summary>
    public static int Command(TextWriter output, VerbCommand command)
    {
        output.WriteLine($"Usage:  minidock {command.Path} {command.Usage}".TrimEnd());
        output.WriteLine($"\n{command.Description}");
        if (command.Details is not null)
        {
            output.WriteLine($"\n{command.Details}");
        }

        var options = command.Options.Where(o => !o.Hidden).OrderBy(o => o.Name, StringComparer.Ordinal).ToArray();
        if (options.Length > 0)
        {
            output.WriteLine("\nOptions:");
            foreach (var option in options)
            {
                WriteFlag(output, Spelling(option), option.Description ?? "");
            }
        }

        output.WriteLine("\nExamples:");
        foreach (var example in command.Examples)
        {
            output.WriteLine($"  {example}");
        }

        return 0;
    }

    private static string Spelling(Option option)
    {
        var shortName = option.Aliases.FirstOrDefault(a => a.Length == 2);
        var value = CommandFlags.KindOf(option) switch
        {
            FlagKind.Switch => "",
            FlagKind.OptionalValue => $"[={option.HelpName ?? "VALUE"}]",
            _ => $" {option.HelpName ?? "VALUE"}",
        };
        var others = option.Aliases.Where(a => a.Length > 2).Select(a => ", " + a);
        return $"  {(shortName is null ? "    " : shortName + ", ")}{option.Name}{string.Concat(others)}{value}";
    }

    private static void WriteFlag(TextWriter output, string spelling, string help)
    {
        if (spelling.Length < FlagColumn - 1)
        {
            output.WriteLine($"{spelling.PadRight(FlagColumn)}{help}");
            return;
        }

        output.WriteLine(spelling);
        output.WriteLine(new string(' ', FlagColumn) + help);
    }

    private static void WriteColumns(TextWriter output, IEnumerable<(string Name, string Text)> rows)
    {
        var list = rows.ToArray();
        var width = list.Max(r => r.Name.Length) + 3;
        foreach (var (name, text) in list)
        {
            output.WriteLine($"  {name.PadRight(width)}{text}");
        }
    }
}
