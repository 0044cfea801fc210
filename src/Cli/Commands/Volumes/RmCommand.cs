using System.CommandLine;
using MiniDock.Abstractions;
using MiniDock.Cli.Output;
using MiniDock.Linux;
using MiniDock.Plugins.Storage.Volumes;

namespace MiniDock.Cli.Commands.Volumes;

/// <summary><c>minidock volume rm</c>.</summary>
internal static class RmCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var force = new Option<bool>("--force", "-f") { Description = "one that does not exist is no error" };
        var names = new Argument<string[]>("VOLUME") { Arity = ArgumentArity.OneOrMore };
        var command = new VerbCommand("volume rm", "Remove volumes with what they hold")
        {
            Usage = "[OPTIONS] VOLUME [VOLUME...]",
            Details = "A volume that a container has, running or not, stays.",
            Examples = ["minidock volume rm data"],
            Completes = (c, _) => Completion.Volumes(c),
            Options = { force },
            Arguments = { names },
        };
        command.SetAction(parsed =>
        {
            context.Engine.Sweep();
            var removal = context.Engine.VolumeRemoval;
            var code = 0;
            foreach (var name in parsed.GetValue(names)!)
            {
                try
                {
                    if (!parsed.GetValue(force) || new VolumeStore(context.Paths).Find(name) is not null)
                    {
                        removal.Remove(name);
                    }

                    context.Out.WriteLine(name);
                }
                catch (Exception e) when (e is EngineException or LinuxException or IOException)
                {
                    // The others are removed all the same.
                    context.Out.Flush();
                    code = ErrorPrinter.Print(context.Error, e, "volume rm", 1);
                }
            }

            return code;
        });
        return command;
    }
}
