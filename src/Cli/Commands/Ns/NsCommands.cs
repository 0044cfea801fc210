namespace MiniDock.Cli.Commands.Ns;

/// <summary>Commands on namespaces.</summary>
internal static class NsCommands
{
    /// <summary>The rows.</summary>
    public static CommandEntry[] All =>
    [
        new("ns ls", "List the namespaces of running containers, and who shares them", LsCommand.Create) { Aliases = ["ns list"] },
        new("ns exec", "Run a command of the host in some namespaces of a container", ExecCommand.Create) { EngineFailure = 125 },
        new("ns pin", "Keep a namespace alive under a name", PinCommand.Create),
        new("ns unpin", "Take the name of a namespace away", UnpinCommand.Create),
    ];
}
