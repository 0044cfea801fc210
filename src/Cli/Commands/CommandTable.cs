using MiniDock.Cli.Commands.Cgroups;
using MiniDock.Cli.Commands.Containers;
using MiniDock.Cli.Commands.General;
using MiniDock.Cli.Commands.Generate;
using MiniDock.Cli.Commands.Images;
using MiniDock.Cli.Commands.Limits;
using MiniDock.Cli.Commands.Live;
using MiniDock.Cli.Commands.Networks;
using MiniDock.Cli.Commands.Ns;
using MiniDock.Cli.Commands.Plugins;
using MiniDock.Cli.Commands.Snapshots;
using MiniDock.Cli.Commands.Life;
using MiniDock.Cli.Commands.Volumes;

namespace MiniDock.Cli.Commands;

/// <summary>All commands. An area keeps its rows in its own folder, <c>Commands/AREA/AREACommands.cs</c>.</summary>
internal static class CommandTable
{
    /// <summary>The rows by area, in the order of the overview.</summary>
    public static IEnumerable<(string Area, CommandEntry[] Commands)> Areas =>
    [
        ("Containers", ContainerCommands.All),
        ("Life of containers", LifeCommands.All),
        ("Limits and what is used", LimitCommands.All),
        ("Control groups that containers share", CgroupCommands.All),
        ("Files of containers", SnapshotCommands.All),
        ("Images", ImageCommands.All),
        ("Networks", NetworkCommands.All),
        ("Volumes", VolumeCommands.All),
        ("Mounts and devices of running containers", LiveCommands.All),
        ("Namespaces", NsCommands.All),
        ("Plugins", PluginCommands.All),
        ("Files for other programs", GenerateCommands.All),
        ("General", GeneralCommands.All),
    ];

    /// <summary>Every row.</summary>
    public static IEnumerable<CommandEntry> All => Areas.SelectMany(a => a.Commands);

    /// <summary>Finds the command that the arguments start with.</summary>
    /// <param name="words">The arguments behind the global flags.</param>
    /// <returns>The row and how many words name it, or null.</returns>
    public static (CommandEntry Entry, int Words)? Find(IReadOnlyList<string> words)
    {
        var pair = words.Count > 1 ? $"{words[0]} {words[1]}" : null;
        foreach (var (_, commands) in Areas)
        {
            foreach (var entry in commands)
            {
                if (pair is not null && entry.Answers(pair))
                {
                    return (entry, 2);
                }

                if (entry.Answers(words[0]))
                {
                    return (entry, 1);
                }
            }
        }

        return null;
    }

    /// <summary>The commands of a group, such as those of <c>system</c>.</summary>
    public static IReadOnlyList<(string Path, CommandEntry Entry)> Group(string name) =>
        [.. from entry in All
            from path in entry.Aliases.Prepend(entry.Path)
            where path.StartsWith(name + " ", StringComparison.Ordinal) && !entry.Hidden
            orderby path
            select (path, entry)];
}
