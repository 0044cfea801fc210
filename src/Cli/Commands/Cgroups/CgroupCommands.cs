namespace MiniDock.Cli.Commands.Cgroups;

/// <summary>Commands on control groups that containers share.</summary>
internal static class CgroupCommands
{
    /// <summary>The rows.</summary>
    public static CommandEntry[] All =>
    [
        new("cgroup create", "Make a control group whose limits containers share", CreateCommand.Create),
        new("cgroup ls", "List such groups with what is used of them", LsCommand.Create) { Aliases = ["cgroup list"] },
        new("cgroup limits", "Show each limit of such a group, where it is held, and what is used", LimitsCommand.Create),
        new("cgroup update", "Change the limits of such a group, also while containers run in it", UpdateCommand.Create),
        new("cgroup rm", "Remove such groups", RmCommand.Create) { Aliases = ["cgroup remove"] },
    ];
}
