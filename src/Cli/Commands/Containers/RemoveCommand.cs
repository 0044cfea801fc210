using System.CommandLine;
using MiniDock.Abstractions;
using MiniDock.Cli.Output;
using MiniDock.Engine.Containers;
using MiniDock.Engine.Containers.Store;
using MiniDock.Plugins.Storage.Volumes;

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
            Examples = ["minidock rm zion", "minidock rm -v zion", "minidock rm -f $(minidock ps -aq)"],
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
                    Remove(context, control, name, parsed.GetValue(force), parsed.GetValue(volumes));
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

    private static void Remove(CliContext context, ContainerControl control, string name, bool force, bool volumes)
    {
        var store = context.Engine.Store;
        if (force && store.Resolve(name) is { } id && store.IsDamaged(id))
        {
            control.Discard(id);
        }
        else
        {
            var container = store.Find(name);
            control.Remove(container, force);
            if (volumes)
            {
                foreach (var mount in container.Spec.Mounts.Where(m => m.Type == VolumeMountProvider.TypeName && m.Options.ContainsKey(VolumeMountProvider.Anonymous)))
                {
                    context.Engine.VolumeRemoval.TryRemove(mount.Source);
                }
            }
        }
    }
}
