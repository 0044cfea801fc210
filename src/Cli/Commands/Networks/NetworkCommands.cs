using MiniDock.Cli.Commands.General;

namespace MiniDock.Cli.Commands.Networks;

/// <summary>Commands on networks.</summary>
internal static class NetworkCommands
{
    /// <summary>The rows.</summary>
    public static CommandEntry[] All =>
    [
        new("network create", "Make a network", CreateCommand.Create),
        new("network ls", "List networks", LsCommand.Create) { Aliases = ["network list"] },
        new("network inspect", "Show all about networks, and who is on them", InspectCommand.CreateForNetworks),
        new("network rm", "Remove networks", RmCommand.Create) { Aliases = ["network remove"] },
        new("network prune", "Remove networks that nothing is attached to", PruneCommand.Create),
        new("network reload", "Make bridges and rules again that somebody deleted", ReloadCommand.Create),
        new("network uplink", "Put a device of the host on a network's bridge or a switch", UplinkCommand.Create),
        new("network connect", "Attach a container to a network, also while it runs", ConnectCommand.Create),
        new("network disconnect", "Detach a container from a network, also while it runs", DisconnectCommand.Create),
    ];
}
