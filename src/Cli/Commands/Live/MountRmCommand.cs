using System.CommandLine;
using MiniDock.Cli.Commands.Life;
using MiniDock.Engine.Containers.Creation;
using MiniDock.Engine.Containers.Live;

namespace MiniDock.Cli.Commands.Live;

/// <summary><c>minidock mount rm</c>.</summary>
internal static class MountRmCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var places = new Argument<string[]>("CONTAINER:DST") { Arity = ArgumentArity.OneOrMore };
        var lazy = new Option<bool>("--lazy", "-l") { Description = "Take it out of sight now, also where a process inside still uses it" };
        var command = new VerbCommand("mount rm", "Unmount something from a container")
        {
            Usage = "[OPTIONS] CONTAINER:DST [CONTAINER:DST...]",
            Details = "Also what the container was given when it was made: it does not have it at its next start either.",
            Examples = ["minidock mount rm zion:/data", "minidock mount rm -l zion:/private moon:/private"],
            Completes = (c, _) => Completion.Mounts(c),
            Options = { lazy },
            Arguments = { places },
        };
        command.SetAction(parsed =>
        {
            var code = 0;
            foreach (var text in parsed.GetValue(places)!)
            {
                var failed = EachContainer.Guard(context, "mount rm", () =>
                {
                    var (container, target) = LiveMountText.Place(text);
                    context.Engine.ContainerMounts.Remove(context.Engine.Store.Find(container), target, parsed.GetValue(lazy));
                    context.Out.WriteLine(text);
                });
                code = failed == 0 ? code : failed;
            }

            return code;
        });
        return command;
    }
}
