using System.CommandLine;
using MiniDock.Abstractions;
using MiniDock.Engine.Containers.Creation;
using MiniDock.Engine.Containers.Exec;
using MiniDock.Engine.Containers.Sharing;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Cli.Commands.Ns;

/// <summary><c>minidock ns pin</c>.</summary>
internal static class PinCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var container = new Argument<string>("CONTAINER");
        var type = new Argument<string>("TYPE");
        var name = new Argument<string>("NAME");
        var command = new VerbCommand("ns pin", "Keep a namespace alive under a name")
        {
            Usage = "CONTAINER TYPE NAME",
            Details = "The namespace outlives the container. A pid namespace stays too, but nothing can be started in it once its first process has ended.",
            Examples = ["minidock ns pin zion net inner", "minidock run --ns net=inner busybox ip addr", "minidock ns pin zion uts zion-name"],
            Completes = (c, index) => index switch { 0 => Completion.RunningContainers(c), 1 => NamespaceText.Names.Split(", "), _ => [] },
            Arguments = { container, type, name },
        };
        command.SetAction(parsed =>
        {
            var kind = parsed.GetValue(type)!;
            var wanted = NamespaceText.TypeOf(kind)
                ?? throw new EngineException($"namespace type {kind}: EINVAL (no such type)", $"the types are {NamespaceText.Names}", exitCode: 1);
            using var target = ContainerTarget.Open(context.Get<ContainerStore>().Find(parsed.GetValue(container)!), evenPaused: true);
            context.Get<PinnedNamespaces>().Pin(target, wanted, parsed.GetValue(name)!);
            context.Out.WriteLine(parsed.GetValue(name));
            return 0;
        });
        return command;
    }
}
