namespace MiniDock.Cli.Commands.Snapshots;

/// <summary>Commands on the files of containers.</summary>
internal static class SnapshotCommands
{
    /// <summary>The rows.</summary>
    public static CommandEntry[] All =>
    [
        new("cp", "Copy files between a container and the host", CopyCommand.Create) { Aliases = ["container cp"] },
        new("diff", "Show what a container has changed in its image's files", DiffCommand.Create) { Aliases = ["container diff"] },
        new("export", "Write a container's files as a tar archive", ExportCommand.Create) { Aliases = ["container export"] },
        new("commit", "Make an image of a container", CommitCommand.Create) { Aliases = ["container commit"] },
    ];
}
