using System.CommandLine;
using MiniDock.Abstractions;
using MiniDock.Cli.Commands.Images;
using MiniDock.Engine.Containers;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Images.Store;

namespace MiniDock.Cli.Commands.General;

/// <summary><c>minidock system prune</c> and <c>container prune</c>.</summary>
internal static class SystemPruneCommand
{
    /// <summary>Makes <c>system prune</c>.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var all = new Option<bool>("--all", "-a") { Description = "also images with a name, where no container uses them" };
        var volumes = new Option<bool>("--volumes") { Description = "also volumes without a name, where no container has them" };
        var force = Force();
        var command = new VerbCommand("system prune", "Remove containers that do not run, and unused images")
        {
            Usage = "[OPTIONS]",
            Examples = ["minidock system prune -f", "minidock system prune -a"],
            Options = { all, volumes, force },
        };
        command.SetAction(parsed =>
        {
            var images = parsed.GetValue(all) ? "all images that no container uses" : "all images without a name";
            if (!parsed.GetValue(force) && !Confirmation.Ask(context, $"This removes all containers that do not run, {(parsed.GetValue(volumes) ? "all volumes without a name that are not used then, " : "")}and {images}."))
            {
                return 0;
            }

            var (code, freed) = PruneContainers(context);
            if (parsed.GetValue(volumes))
            {
                freed += Volumes.PruneCommand.Prune(context, v => v.IsAnonymous);
            }

            context.Engine.CollectNetworks();
            var (lines, freedByImages) = context.Get<ImageRemoval>().Prune(parsed.GetValue(all));
            if (lines.Count > 0)
            {
                context.Out.WriteLine("Deleted Images:");
                lines.ForEach(context.Out.WriteLine);
                context.Out.WriteLine();
            }

            context.Out.WriteLine($"Total reclaimed space: {DecimalSize.Of(freed + freedByImages)}");
            return code;
        });
        return command;
    }

    /// <summary>Makes <c>container prune</c>.</summary>
    public static VerbCommand CreateForContainers(CliContext context)
    {
        var force = Force();
        var command = new VerbCommand("container prune", "Remove containers that do not run")
        {
            Usage = "[OPTIONS]",
            Examples = ["minidock container prune -f"],
            Options = { force },
        };
        command.SetAction(parsed =>
        {
            if (!parsed.GetValue(force) && !Confirmation.Ask(context, "This removes all containers that do not run."))
            {
                return 0;
            }

            var (code, freed) = PruneContainers(context);
            context.Out.WriteLine($"Total reclaimed space: {DecimalSize.Of(freed)}");
            return code;
        });
        return command;
    }

    private static Option<bool> Force() => new("--force", "-f") { Description = "do not ask" };

    private static (int Code, long Freed) PruneContainers(CliContext context)
    {
        var store = context.Get<ContainerStore>();
        var control = context.Get<ContainerControl>();
        var code = 0;
        var freed = 0L;
        var removed = new List<string>();
        foreach (var container in store.List().Where(c => !c.IsRunning))
        {
            // One that another command is just starting is not unused: its lock is held.
            if (ContainerLock.IsHeld(context.Paths, container.Id))
            {
                continue;
            }

            try
            {
                var bytes = DiskUsage.Of(context.Paths.StateDirectory(container.Id));
                control.Remove(container, force: false);
                freed += bytes;
                removed.Add(container.Id.Value);
            }
            catch (EngineException e)
            {
                code = Output.ErrorPrinter.Print(context.Error, e, null, 1);
            }
        }

        if (removed.Count > 0)
        {
            context.Out.WriteLine("Deleted Containers:");
            removed.ForEach(context.Out.WriteLine);
            context.Out.WriteLine();
        }

        return (code, freed);
    }
}
