namespace MiniDock.Cli.Commands.Plugins;

/// <summary>Commands on third-party plugins.</summary>
internal static class PluginCommands
{
    /// <summary>The rows.</summary>
    public static CommandEntry[] All =>
    [
        new("plugin ls", "List plugins, also those that cannot be used", LsCommand.Create) { Aliases = ["plugin list"], NeedsRoot = false },
        new("plugin inspect", "Show all about plugins", InspectCommand.Create) { NeedsRoot = false },
        new("plugin install", "Install a plugin from its directory", InstallCommand.Create) { NeedsRoot = false },
        new("plugin new", "Begin a plugin: a directory with a manifest and a program that works", NewCommand.Create) { NeedsRoot = false },
        new("plugin test", "Try whether a plugin keeps to the protocol", TestCommand.Create),
        new("plugin rm", "Remove plugins", RmCommand.Create) { Aliases = ["plugin remove"], NeedsRoot = false },
    ];
}
