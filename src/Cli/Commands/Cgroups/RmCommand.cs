using System.CommandLine;
using MiniDock.Abstractions;
using MiniDock.Cli.Output;
using MiniDock.Linux;

namespace MiniDock.Cli.Commands.Cgroups;

/// <summary><c>minidock cgroup rm</c>.</summary>
internal static class RmCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var paths = new Argument<string[]>("PATH") { Arity = ArgumentArity.OneOrMore };
        var command = new VerbCommand("cgroup rm", "Remove control groups that containers share")
        {
            Usage = "PATH [PATH...]",
            Details = "A group that containers run in stays. Containers that name it can still start: without limits of the group.",
            Examples = ["minidock cgroup rm cogsi"],
            Completes = (c, _) => Completion.Cgroups(c),
            Arguments = { paths },
        };
        command.SetAction(parsed =>
        {
            context.Engine.Sweep();
            var code = 0;
            foreach (var path in parsed.GetValue(paths)!)
            {
                try
                {
                    context.Engine.SharedGroups.Remove(path);
                    context.Out.WriteLine(path);
                }
                catch (Exception e) when (e is EngineException or LinuxException or IOException)
                {
                    context.Out.Flush();
                    code = ErrorPrinter.Print(context.Error, e, "cgroup rm", 1);
                }
            }

            return code;
        });
        return command;
    }
}
