namespace MiniDock.Cli.Commands.Images;

/// <summary>Commands about images.</summary>
internal static class ImageCommands
{
    /// <summary>The rows.</summary>
    public static CommandEntry[] All =>
    [
        new("import", "Make an image of an archive of a root file system", ImportCommand.Create) { Aliases = ["image import"] },
        new("images", "List images", ListCommand.Create) { Aliases = ["image ls", "image list"] },
        new("rmi", "Remove images", RemoveCommand.Create) { Aliases = ["image rm", "image remove"] },
        new("tag", "Give an image another name", TagCommand.Create) { Aliases = ["image tag"] },
        new("history", "Show how an image came to be", HistoryCommand.Create) { Aliases = ["image history"] },
        new("image prune", "Remove images that nothing names or uses", PruneCommand.Create),
    ];
}
