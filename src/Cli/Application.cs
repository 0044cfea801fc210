using System.CommandLine;
using MiniDock.Abstractions;
using MiniDock.Cli.Commands;
using MiniDock.Cli.Input;
using MiniDock.Cli.Output;

namespace MiniDock.Cli;

/// <summary>One invocation: global flags, then the command's name, then the one command that has it.</summary>
internal static class Application
{
    /// <summary>Runs the command line and returns the exit code.</summary>
    public static int Run(string[] arguments)
    {
        using var context = new CliContext(new GlobalOptions());
        return Run(context, arguments);
    }

    /// <summary>Runs the command line in a context: tests give it their own streams.</summary>
    public static int Run(CliContext context, string[] arguments)
    {
        string? path = null;
        var engineFailure = 1;
        try
        {
            var reading = new FlagReader(new GlobalFlags(), null, stopsAtPositional: true).Read(arguments);
            TakeGlobals(context, reading);
            var words = reading.Positionals;
            if (context.Options.Version)
            {
                words = ["version", "--short"];
            }

            if (words.Count == 0)
            {
                return HelpPrinter.Overview(reading.Help ? context.Out : context.Error, reading.Help ? 0 : 1);
            }

            if (CommandTable.Find(words) is not var (entry, count))
            {
                return OtherWords(context, words);
            }

            path = entry.Path;
            engineFailure = entry.EngineFailure;
            string[] rest = [.. words.Skip(count)];
            return entry.Direct is null ? Invoke(context, entry, rest) : entry.Direct(context, rest);
        }
        catch (Exception e)
        {
            context.Flush();
            if (context.Options.IsDebug)
            {
                context.Log.Debug(e, "the command failed");
            }

            return ErrorPrinter.Print(context.Error, e, path, engineFailure);
        }
        finally
        {
            context.Flush();
        }
    }

    /// <summary>Hands the global flags of a reading to the options, and checks them.</summary>
    public static void TakeGlobals(CliContext context, FlagReading reading)
    {
        reading.Flags.RemoveAll(f => context.Options.Take(f.Flag, f.Value));
        context.Options.Validate();
    }

    /// <summary>Refuses a command that an ordinary user cannot run.</summary>
    public static void RequireRoot(CommandEntry entry)
    {
        if (entry.NeedsRoot && !Environment.IsPrivilegedProcess)
        {
            throw new EngineException(
                $"{entry.Path}: EPERM (must be run as root)", $"sudo minidock {entry.Path} …; running as an ordinary user is not supported yet", entry.EngineFailure);
        }
    }

    private static int Invoke(CliContext context, CommandEntry entry, string[] arguments)
    {
        var command = entry.Create(context);
        var reading = new FlagReader(new CommandFlags(command), new GlobalFlags(), command.StopsAtPositional).Read(arguments);
        if (reading.Help)
        {
            return HelpPrinter.Command(context.Out, command);
        }

        TakeGlobals(context, reading);
        ArgumentCount.Check(command, reading.Positionals.Count);
        RequireRoot(entry);
        if (entry.NeedsRoot)
        {
            context.Engine.Sweep();
        }

        var parsed = command.Parse(CommandFlags.Canonical(reading), new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            throw ParseFailure.Of(parsed);
        }

        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    private static int OtherWords(CliContext context, List<string> words)
    {
        var group = CommandTable.Group(words[0]);
        if (group.Count == 0)
        {
            var names = CommandTable.All.Select(e => e.Path);
            throw new UsageException($"'{words[0]}' is not a minidock command", Suggestions.For(words[0], names), exitCode: 1);
        }

        if (words.Count > 1 && words[1] is not ("--help" or "-h"))
        {
            throw new UsageException($"'{words[0]} {words[1]}' is not a minidock command", Suggestions.For($"{words[0]} {words[1]}", group.Select(g => g.Path)), exitCode: 1);
        }

        var asked = words.Count > 1;
        return HelpPrinter.Group(asked ? context.Out : context.Error, words[0], group, asked ? 0 : 1);
    }
}
