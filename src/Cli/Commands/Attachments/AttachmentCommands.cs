namespace MiniDock.Cli.Commands.Attachments;

/// <summary>Commands that attach containers to networks.</summary>
internal static class AttachmentCommands
{
    /// <summary>The rows.</summary>
    public static CommandEntry[] All =>
    [
        new("network connect", "Attach a container to a network, also while it runs", ConnectCommand.Create),
        new("network disconnect", "Detach a container from a network, also while it runs", DisconnectCommand.Create),
    ];
}
