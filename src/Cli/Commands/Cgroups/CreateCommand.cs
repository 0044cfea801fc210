using System.CommandLine;
using MiniDock.Cli.Commands.Limits;

namespace MiniDock.Cli.Commands.Cgroups;

/// <summary><c>minidock cgroup create</c>.</summary>
internal static class CreateCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var flags = new LimitFlags();
        var path = new Argument<string>("PATH");
        var command = new VerbCommand("cgroup create", "Make a control group whose limits containers share")
        {
            Usage = "[OPTIONS] PATH",
            Details = "Containers come into it by run --cgroup-parent PATH: what they use together is held under its limits, besides those of their own. "
                + "It stays until minidock cgroup rm; after a reboot the next container makes it again.",
            Examples = ["minidock cgroup create --mem 100M cogsi", "minidock run -d --cgroup-parent cogsi busybox httpd -f"],
            Arguments = { path },
        };
        flags.AddTo(command);
        command.SetAction(parsed =>
        {
            context.Engine.SharedGroups.Create(parsed.GetValue(path)!, flags.Read(parsed, path: null));
            context.Out.WriteLine(parsed.GetValue(path));
            return 0;
        });
        return command;
    }
}
