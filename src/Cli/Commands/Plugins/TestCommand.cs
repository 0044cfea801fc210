using System.CommandLine;
using System.Globalization;
using MiniDock.Abstractions;
using MiniDock.Cli.Output;
using MiniDock.Engine.Plugins;
using MiniDock.Engine.Plugins.Testing;

namespace MiniDock.Cli.Commands.Plugins;

/// <summary><c>minidock plugin test</c>.</summary>
internal static class TestCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var options = new Option<string[]>("--opt", "-o") { HelpName = "KEY=VALUE", Description = "option that the plugin is called with; repeatable" };
        var directory = new Argument<string>("DIRECTORY");
        var command = new VerbCommand("plugin test", "Try whether a plugin keeps to the protocol")
        {
            Usage = "[OPTIONS] DIRECTORY",
            Details = "The plugin is called as for a container, undone twice and without its state, and asked for what it cannot know; each with the time that it took.",
            Examples = ["minidock plugin test ./quota", "minidock plugin test -o size=16M ./quota"],
            Options = { options },
            Arguments = { directory },
        };
        command.SetAction(parsed =>
        {
            var place = Path.GetFullPath(parsed.GetValue(directory)!);
            var plugin = PluginCatalog.In(place) ?? throw new EngineException($"plugin {place}: ENOENT (no manifest in it)", "minidock plugin new makes one to begin with", exitCode: 1);
            plugin.ThrowIfUnusable(exitCode: 1);
            var given = (parsed.GetValue(options) ?? []).Select(o => o.Split('=', 2)).ToDictionary(o => o[0], o => o.Length > 1 ? o[1] : "");
            var findings = new PluginConformance(plugin, context.Engine.Plugins.Caller, given).Run();
            foreach (var finding in findings)
            {
                var failure = finding.Failure is null ? "" : $": {finding.Failure}";
                context.Out.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{(finding.Failure is null ? "ok  " : "FAIL")} {finding.Took.TotalMilliseconds,8:0.00} ms  {finding.What}{string.Join('\n', failure.Split('\n').Select(TerminalText.Escape))}"));
            }

            var failed = findings.Count(f => f.Failure is not null);
            context.Out.WriteLine($"{plugin.Name}: {findings.Count - failed} ok, {failed} failed");
            return failed == 0 ? 0 : 1;
        });
        return command;
    }
}
