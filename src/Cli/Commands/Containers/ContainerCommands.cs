namespace MiniDock.Cli.Commands.Containers;

/// <summary>Commands on containers.</summary>
internal static class ContainerCommands
{
    /// <summary>The rows.</summary>
    public static CommandEntry[] All =>
    [
        new("run", "Run a command in a new container", RunCommand.Create) { Aliases = ["container run"], Direct = RunCommand.Invoke, EngineFailure = 125 },
        new("exec", "Run a command in a running container", ExecCommand.Create) { Aliases = ["container exec"], EngineFailure = 125 },
        new("ps", "List containers", PsCommand.Create) { Aliases = ["container ls", "container ps", "container list"] },
        new("rm", "Remove containers", RemoveCommand.Create) { Aliases = ["container rm", "container remove"] },
        new("container prune", "Remove containers that do not run", General.SystemPruneCommand.CreateForContainers),
    ];
}
