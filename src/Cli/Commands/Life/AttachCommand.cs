using System.CommandLine;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Cli.Commands.Life;

/// <summary><c>minidock attach</c>.</summary>
internal static class AttachCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var noInput = new Option<bool>("--no-stdin") { Description = "do not connect standard input" };
        var proxy = new Option<bool>("--sig-proxy") { Description = "pass signals on to process 1 (default true)", DefaultValueFactory = _ => true };
        var keys = AttachTo.Keys();
        var name = new Argument<string>("CONTAINER");
        var command = new VerbCommand("attach", "Connect the terminal with a running container")
        {
            Usage = "[OPTIONS] CONTAINER",
            Examples = ["minidock attach zion", "minidock attach --no-stdin --sig-proxy=false zion"],
            Completes = (c, _) => Completion.Containers(c),
            Options = { noInput, proxy, keys },
            Arguments = { name },
        };
        command.SetAction(parsed => AttachTo.Container(
            context,
            context.Get<ContainerStore>().Find(parsed.GetValue(name)!),
            socket: null,
            !parsed.GetValue(noInput),
            parsed.GetValue(proxy),
            parsed.GetValue(keys)).ExitCode);
        return command;
    }
}
