using System.CommandLine;
using MiniDock.Abstractions;

namespace MiniDock.Cli.Commands.Plugins;

/// <summary><c>minidock plugin new</c>.</summary>
internal static class NewCommand
{
    private static readonly string[] Languages = ["csharp", "sh", "python"];

    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var language = new Option<string>("--lang") { HelpName = "LANGUAGE", Description = "csharp, sh or python (default sh)", DefaultValueFactory = _ => "sh" };
        var name = new Argument<string>("NAME");
        var command = new VerbCommand("plugin new", "Begin a plugin: a directory with a manifest and a program that works")
        {
            Usage = "[OPTIONS] NAME",
            Details = "It is a storage provider that gives a container memory of a size; docs/plugins.md tells how to make it something else.",
            Examples = ["minidock plugin new --lang python scratch", "minidock plugin test ./scratch"],
            CompletesFlag = (_, flag) => flag == "--lang" ? Languages : [],
            Options = { language },
            Arguments = { name },
        };
        command.SetAction(parsed =>
        {
            Make(parsed.GetValue(name)!, parsed.GetValue(language)!);
            context.Out.WriteLine(Path.GetFullPath(parsed.GetValue(name)!));
            return 0;
        });
        return command;
    }

    private static void Make(string name, string language)
    {
        if (!Languages.Contains(language))
        {
            throw new EngineException($"--lang {language}: EINVAL (no such language)", $"the languages are {string.Join(", ", Languages)}; any other speaks the same protocol", exitCode: 1);
        }

        if (name.Length is 0 or > 32 || !char.IsAsciiLetterLower(name[0]) || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_'))
        {
            throw new EngineException($"plugin name {Output.TerminalText.Escape(name)}: EINVAL (lower-case letters, digits, '-' and '_', a letter first, at most 32)", null, exitCode: 1);
        }

        if (Directory.Exists(name) || File.Exists(name))
        {
            throw new EngineException($"plugin directory {name}: EEXIST (it is there already)", null, exitCode: 1);
        }

        Directory.CreateDirectory(name);
        var prefix = $"plugin-template/{language}/";
        var assembly = typeof(NewCommand).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(r => r.StartsWith(prefix, StringComparison.Ordinal)))
        {
            using var content = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var text = content.ReadToEnd().Replace("@NAME@", name, StringComparison.Ordinal);
            var path = Path.Combine(name, resource[prefix.Length..].Replace("@NAME@", name, StringComparison.Ordinal));
            File.WriteAllText(path, text);
            Linux.Files.FChmodAt(null, path, text.StartsWith("#!", StringComparison.Ordinal) ? 0x1EDu : 0x1A4u);
        }
    }
}
