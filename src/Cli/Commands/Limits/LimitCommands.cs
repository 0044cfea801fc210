namespace MiniDock.Cli.Commands.Limits;

/// <summary>Commands on control groups.</summary>
internal static class LimitCommands
{
    /// <summary>The rows.</summary>
    public static CommandEntry[] All =>
    [
        new("update", "Change the limits of containers, also while they run", UpdateCommand.Create) { Aliases = ["container update"] },
        new("stats", "Show what containers use, once a second", StatsCommand.Create) { Aliases = ["container stats"] },
        new("top", "Show the processes of a container", TopCommand.Create) { Aliases = ["container top"] },
        new("port", "Show where the ports of a container are published", PortCommand.Create) { Aliases = ["container port"] },
        new("limits", "Show each limit of a running container, where it is held, and what is used", LimitsCommand.Create),
        new("tree", "Show control groups with their containers and processes", TreeCommand.Create),
    ];
}
