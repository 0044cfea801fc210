namespace MiniDock.Cli.Commands.Generate;

/// <summary>Commands that write files for other programs.</summary>
internal static class GenerateCommands
{
    /// <summary>The rows.</summary>
    public static CommandEntry[] All => [new("generate systemd", "Write a unit for systemd that runs a container", SystemdCommand.Create) { EngineFailure = 125 }];
}
