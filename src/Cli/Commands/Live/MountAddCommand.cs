using System.CommandLine;
using MiniDock.Abstractions;
using MiniDock.Engine.Containers.Creation;
using MiniDock.Engine.Containers.Live;

namespace MiniDock.Cli.Commands.Live;

/// <summary><c>minidock mount add</c>.</summary>
internal static class MountAddCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var words = new Argument<string[]>("[SRC] CONTAINER:DST[:OPTIONS]") { Arity = ArgumentArity.OneOrMore };
        var type = new Option<string?>("--type", "-t") { Description = "Make a new file system of this type: proc, tmpfs, sysfs, mqueue, ext4…", HelpName = "TYPE" };
        var data = new Option<string[]>("--options", "-o") { Description = "The file system's own options, such as size=8m", HelpName = "OPTIONS" };
        var persist = new Option<bool>("--persist") { Description = "The containers have it again at their next start" };
        var command = new VerbCommand("mount add", "Mount something into running containers")
        {
            Usage = "[OPTIONS] [SRC] CONTAINER:DST[:OPTIONS] [CONTAINER:DST[:OPTIONS]...]",
            Details = "SRC is a path of the host, a volume, or the name of a file system that mount add -t has made and a container still has; with -t it is a "
                + "device or a name, and may be left out. OPTIONS are ro, rw, nosuid, nodev, noexec and [r]shared, [r]slave, [r]private, [r]unbindable. All "
                + "containers get the very same mount, and the host sees none of it. What is missing of DST is made.",
            Examples =
            [
                "minidock mount add /srv/data zion:/data:ro moon:/data", "minidock mount add -t tmpfs -o size=8m r1 zion:/private moon:/private",
                "minidock mount add -t proc zion:/proc2",
            ],
            Completes = (c, index) => Completion.RunningContainers(c).Select(name => name + ":/"),
            CompletesFlag = (_, flag) => flag is "-t" or "--type" ? ["proc", "tmpfs", "sysfs", "mqueue", "ext4", "xfs"] : [],
            Options = { type, data, persist },
            Arguments = { words },
        };
        command.SetAction(parsed =>
        {
            var typed = parsed.GetValue(words)!;
            var fileSystem = parsed.GetValue(type);
            var hasSource = fileSystem is null || !LiveMountText.IsPlace(typed[0]);
            var places = typed.Skip(hasSource ? 1 : 0).ToList();
            if (places.Count == 0)
            {
                throw new EngineException($"mount {typed[0]}: EINVAL (no container to mount it into)", "minidock mount add SRC CONTAINER:DST", exitCode: 1);
            }

            if (fileSystem is null && parsed.GetValue(data) is { Length: > 0 })
            {
                throw new EngineException("mount add -o: EINVAL (only with -t)", "options of a mount go behind its place: zion:/data:ro", exitCode: 1);
            }

            context.Engine.ContainerMounts.Add(new MountAddition
            {
                FileSystem = fileSystem,
                Source = !hasSource ? fileSystem! : LiveMountText.Source(typed[0], Directory.GetCurrentDirectory()),
                Options = LiveMountText.Options(fileSystem ?? "", parsed.GetValue(data) ?? []),
                IsKept = parsed.GetValue(persist),
                Places = [.. places.Select(p => LiveMountText.Parse(p, fileSystem)).Select(p => (context.Engine.Store.Find(p.Container), p.Mount))],
            });
            return 0;
        });
        return command;
    }
}
