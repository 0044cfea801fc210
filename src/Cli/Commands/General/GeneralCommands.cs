namespace MiniDock.Cli.Commands.General;

/// <summary>Commands about MiniDock itself.</summary>
internal static class GeneralCommands
{
    /// <summary>The rows.</summary>
    public static CommandEntry[] All =>
    [
        new("inspect", "Show all about containers, images and networks", InspectCommand.Create),
        new("container inspect", "Show all about containers", InspectCommand.CreateForContainers) { Hidden = true },
        new("image inspect", "Show all about images", InspectCommand.CreateForImages) { Hidden = true },
        new("info", "Show what this engine and this host can do", InfoCommand.Create) { Aliases = ["system info"] },
        new("system df", "Show what takes disk space", SystemDfCommand.Create),
        new("system check", "Look for damage in what is kept on disk", SystemCheckCommand.Create),
        new("system prune", "Remove containers that do not run, and unused images", SystemPruneCommand.Create),
        new("version", "Show the version", VersionCommand.Create) { NeedsRoot = false },
        new("completion", "Print a completion script for bash, zsh or fish", CompletionCommand.Create) { NeedsRoot = false },
        new("__complete", "Candidates for the last word", CompleteCommand.Create) { NeedsRoot = false, Hidden = true },
    ];
}
