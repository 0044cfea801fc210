using System.CommandLine;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Plugins.Network.Management;

namespace MiniDock.Cli.Commands.Networks;

/// <summary><c>minidock network reload</c>.</summary>
internal static class ReloadCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var names = new Argument<string[]>("NETWORK") { Arity = ArgumentArity.ZeroOrMore };
        var command = new VerbCommand("network reload", "Make bridges and rules again that somebody deleted")
        {
            Usage = "[NETWORK...]",
            Details = "Without a name: all networks. Running containers are connected again, their published ports work again. Each start mends what it uses by itself.",
            Examples = ["minidock network reload", "minidock network reload lab"],
            Completes = (c, _) => Completion.Networks(c),
            Arguments = { names },
        };
        command.SetAction(parsed =>
        {
            var uplinks = new Uplinks(context);
            var reload = new NetworkReload(context.Paths);
            var wanted = parsed.GetValue(names) is { Length: > 0 } given ? given : [.. new DefinitionStore(context.Paths).List().Select(d => d.Name)];
            return EachNetwork.Do(context, "network reload", wanted, toleratesMissing: false, network =>
            {
                reload.Reload(network);
                uplinks.Repeat(network.Name);
            });
        });
        return command;
    }
}
