namespace MiniDock.Cli.Commands.Limits;

/// <summary>Commands on control groups.</summary>
internal static class LimitCommands
{
    /// <summary>The rows.</summary>
    public static CommandEntry[] All =>
    [
        new("update", "Change the limits of containers, also while they run", UpdateCommand.Create) { Aliases = ["container update"] },
    ];
}
