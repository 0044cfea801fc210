using System.CommandLine;
using MiniDock.Plugins.Network.Definitions;
using MiniDock.Plugins.Network.Management;
using MiniDock.Plugins.Network.Ovs;

namespace MiniDock.Cli.Commands.Networks;

/// <summary><c>minidock network reload</c>.</summary>
internal static class ReloadCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var names = new Argument<string[]>("NETWORK|ovs:SWITCH") { Arity = ArgumentArity.ZeroOrMore };
        var command = new VerbCommand("network reload", "Make bridges and rules again that somebody deleted")
        {
            Usage = "[NETWORK|ovs:SWITCH...]",
            Details = "Without a name: all networks and switches. Running containers are connected again, their published ports work again, uplinks come back. Each start mends what it uses by itself.",
            Examples = ["minidock network reload", "minidock network reload lab", "minidock network reload ovs:sw0"],
            Completes = (c, _) => Completion.Networks(c),
            Arguments = { names },
        };
        command.SetAction(parsed =>
        {
            var uplinks = new Uplinks(context);
            return EachNetwork.Do(context, "network reload", parsed.GetValue(names) is { Length: > 0 } given ? given : All(context, uplinks), toleratesMissing: false, (string name) =>
            {
                if (Uplinks.SwitchOf(name) is { } ovs)
                {
                    context.Engine.ContainerNetworks.Mend(step => step.Arguments.Find("switch") == ovs);
                    uplinks.Repeat(ovs);
                }
                else
                {
                    Reload(context, uplinks, ListedNetwork.Find(context.Paths, name));
                }
            });
        });
        return command;
    }

    private static void Reload(CliContext context, Uplinks uplinks, NetworkDefinition network)
    {
        new NetworkReload(context.Paths).Reload(network);
        context.Engine.ContainerNetworks.Mend(step => step.Arguments.Find("switch") == network.Device);
        uplinks.Repeat(network.Name);
    }

    // Switches that nobody made a network of are known by who uses them.
    private static List<string> All(CliContext context, Uplinks uplinks)
    {
        var networks = new DefinitionStore(context.Paths).List().Select(d => d.Name).ToList();
        var switches = context.Engine.Store.ListActive().SelectMany(c => c.Spec.Networks)
            .Where(a => a.Provider == OvsNetworkProvider.ProviderName).Select(a => a.Instance!)
            .Concat(uplinks.Targets()).Distinct().Except(networks);
        return [.. networks, .. switches.Select(s => Uplinks.SwitchPrefix + s)];
    }
}
