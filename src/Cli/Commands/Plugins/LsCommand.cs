using System.Text.Json.Nodes;
using MiniDock.Cli.Output.Lists;
using MiniDock.Engine.Plugins;

namespace MiniDock.Cli.Commands.Plugins;

/// <summary><c>minidock plugin ls</c>.</summary>
internal static class LsCommand
{
    private static readonly Column[] Columns =
        [new("Name", "NAME"), new("Kind", "KIND"), new("Version", "VERSION"), new("Mode", "MODE"), new("State", "STATE"), new("Directory", "DIRECTORY")];

    private static readonly Column[] Others = [new("Description", "DESCRIPTION"), new("Operations", "OPERATIONS"), new("Problem", "PROBLEM")];

    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var quiet = CommonOptions.Quiet("print names only");
        var format = CommonOptions.Format();
        var command = new VerbCommand("plugin ls", "List plugins, also those that cannot be used")
        {
            Usage = "[OPTIONS]",
            Details = $"Plugins lie in $MINIDOCK_PLUGIN_PATH, then in {PluginSearchPath.Local} and its like; of two with one name the first counts. Nothing is executed.",
            Examples = ["minidock plugin ls", "minidock plugin ls --format '{{.Name}}: {{.Problem}}'"],
            Options = { quiet, format },
        };
        command.SetAction(parsed =>
        {
            var plugins = context.Engine.Plugins.Catalog.List();
            if (parsed.GetValue(quiet) && parsed.GetValue(format) is null)
            {
                foreach (var plugin in plugins)
                {
                    context.Out.WriteLine(plugin.Name);
                }

                return 0;
            }

            new ListPrinter(Columns, Others).Print(context.Out, [.. plugins.Select(Row)], parsed.GetValue(format), context.Options.Json);
            return 0;
        });
        return command;
    }

    private static JsonObject Row(InstalledPlugin plugin) => new()
    {
        ["Name"] = plugin.Name,
        ["Kind"] = PluginDescription.KindOf(plugin),
        ["Version"] = plugin.Manifest?.Version ?? "",
        ["Mode"] = PluginDescription.ModeOf(plugin),
        ["State"] = plugin.IsUsable ? "ok" : "unusable",
        ["Directory"] = plugin.Directory,
        ["Description"] = plugin.Manifest?.Description ?? "",
        ["Operations"] = string.Join(' ', plugin.Manifest?.Operations ?? []),
        ["Problem"] = string.Join("; ", plugin.Problems.Select(p => p.Message)),
    };
}
