using System.CommandLine;
using MiniDock.Abstractions;
using MiniDock.Cli.Output;
using MiniDock.Engine.Containers;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Cli.Commands.Containers;

/// <summary><c>minidock rm</c>.</summary>
internal static class RemoveCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var force = new Option<bool>("--force", "-f") { Description = "kill it first where it runs; one that does not exist is no error" };
        var volumes = new Option<bool>("--volumes", "-v") { Description = "also remove its anonymous volumes" };
        var names = new Argument<string[]>("CONTAINER") { Arity = ArgumentArity.OneOrMore };
        var command = new VerbCommand("rm", "Remove containers")
        {
            Usage = "[OPTIONS] CONTAINER [CONTAINER...]",
            Examples = ["minidock rm zion", "minidock rm -f $(minidock ps -aq)"],
            Completes = (c, _) => Completion.Containers(c),
            Options = { force, volumes },
            Arguments = { names },
        };
        command.SetAction(parsed =>
        {
            var store = context.Get<ContainerStore>();
            var control = context.Get<ContainerControl>();
            var code = 0;
            foreach (var name in parsed.GetValue(names) ?? [])
            {
                try
                {
                    Remove(store, control, name, parsed.GetValue(force));
                    context.Out.WriteLine(name);
                }
                catch (Exception e) when (e is EngineException or IOException)
                {
                    // The others are removed all the same.
                    context.Out.Flush();
                    var isGone = parsed.GetValue(force) && e is EngineException && store.Resolve(name) is null;
                    var failed = ErrorPrinter.Print(context.Error, e, "rm", 1);
                    code = isGone ? code : failed;
                }
            }

            return code;
        });
        return command;
    }

    private static void Remove(ContainerStore store, ContainerControl control, string name, bool force)
    {
        if (force && store.Resolve(name) is { } id && store.IsDamaged(id))
        {
            control.Discard(id);
        }
        else
        {
            control.Remove(store.Find(name), force);
        }
    }
}
