using System.CommandLine;
using System.Text.Json.Nodes;
using MiniDock.Abstractions;
using MiniDock.Cli.Output;
using MiniDock.Cli.Output.Templates;

namespace MiniDock.Cli.Commands.Plugins;

/// <summary><c>minidock plugin inspect</c>.</summary>
internal static class InspectCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var format = CommonOptions.Format();
        format.Aliases.Add("-f");
        var names = new Argument<string[]>("PLUGIN") { Arity = ArgumentArity.OneOrMore };
        var command = new VerbCommand("plugin inspect", "Show all about plugins")
        {
            Usage = "[OPTIONS] PLUGIN [PLUGIN...]",
            Examples = ["minidock plugin inspect quota", "minidock plugin inspect -f '{{json .Problems}}' quota"],
            Completes = (c, _) => Completion.Plugins(c),
            Options = { format },
            Arguments = { names },
        };
        command.SetAction(parsed =>
        {
            var found = parsed.GetValue(names)!.Select(name => PluginDescription.Of(
                context.Engine.Plugins.Catalog.Find(name) ?? throw new EngineException($"plugin {name}: ENOENT (not found)", "minidock plugin ls lists them", exitCode: 1))).ToList();
            if (parsed.GetValue(format) is not ({ } text and not "json"))
            {
                context.Out.WriteLine(JsonText.Indented(new JsonArray([.. found])));
                return 0;
            }

            try
            {
                var template = Template.Parse(text);
                found.ForEach(one => context.Out.WriteLine(template.Fill(one)));
                return 0;
            }
            catch (TemplateException e)
            {
                throw new EngineException(e.Message, e.Hint, exitCode: 1, inner: e);
            }
        });
        return command;
    }
}
