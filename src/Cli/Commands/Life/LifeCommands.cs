namespace MiniDock.Cli.Commands.Life;

/// <summary>Commands on the life of containers that outlive the command that started them.</summary>
internal static class LifeCommands
{
    /// <summary>The rows.</summary>
    public static CommandEntry[] All =>
    [
        new("create", "Make a container without starting it", CreateCommand.Create) { Aliases = ["container create"], Direct = CreateCommand.Invoke, EngineFailure = 125 },
        new("start", "Start containers", StartCommand.Create) { Aliases = ["container start"] },
        new("stop", "Stop containers", StopCommand.Create) { Aliases = ["container stop"] },
        new("restart", "Stop containers and start them again", RestartCommand.Create) { Aliases = ["container restart"] },
        new("kill", "Send a signal to containers", KillCommand.Create) { Aliases = ["container kill"] },
        new("pause", "Freeze all processes of containers", PauseCommand.Create) { Aliases = ["container pause"] },
        new("unpause", "Let the processes of paused containers go on", UnpauseCommand.Create) { Aliases = ["container unpause"] },
        new("wait", "Wait for the end of containers and print their exit codes", WaitCommand.Create) { Aliases = ["container wait"] },
        new("logs", "Show what a container has written", LogsCommand.Create) { Aliases = ["container logs"] },
        new("attach", "Connect the terminal with a running container", AttachCommand.Create) { Aliases = ["container attach"] },
        new("events", "Show what happens to containers and images", EventsCommand.Create) { Aliases = ["system events"] },
        new("rename", "Give a container another name", RenameCommand.Create) { Aliases = ["container rename"] },
    ];
}
