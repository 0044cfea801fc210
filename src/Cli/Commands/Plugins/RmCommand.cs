using System.CommandLine;

namespace MiniDock.Cli.Commands.Plugins;

/// <summary><c>minidock plugin rm</c>.</summary>
internal static class RmCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var force = new Option<bool>("--force", "-f") { Description = "even if containers use it: what it made for them stays" };
        var names = new Argument<string[]>("PLUGIN") { Arity = ArgumentArity.OneOrMore };
        var command = new VerbCommand("plugin rm", "Remove plugins")
        {
            Usage = "[OPTIONS] PLUGIN [PLUGIN...]",
            Examples = ["minidock plugin rm quota"],
            Completes = (c, _) => Completion.Plugins(c),
            Options = { force },
            Arguments = { names },
        };
        command.SetAction(parsed =>
        {
            foreach (var name in parsed.GetValue(names)!)
            {
                context.Engine.PluginInstallation.Remove(name, parsed.GetValue(force));
                context.Out.WriteLine(name);
            }

            return 0;
        });
        return command;
    }
}
