using System.CommandLine;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Creation;
using MiniDock.Engine.Containers.Exec;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Cli.Commands.Ns;

/// <summary><c>minidock ns exec</c>.</summary>
internal static class ExecCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var words = new Argument<string[]>("CONTAINER[,TYPE...]") { Arity = new ArgumentArity(2, ArgumentArity.OneOrMore.MaximumNumberOfValues) };
        var command = new VerbCommand("ns exec", "Run a command of the host in some namespaces of a container")
        {
            Usage = "CONTAINER[,TYPE...] COMMAND [ARG...]",
            StopsAtPositional = true,
            Details = $"The types are {NamespaceText.Names}; without any, all are entered. Where mnt is not among them the command is one of the host's. It has all "
                + "rights of this command, and none of the container's limits: use exec for a command of the container.",
            Examples = ["minidock ns exec zion,net ip addr", "minidock ns exec zion,net,uts sh", "minidock ns exec zion,mnt,pid ps"],
            Completes = (c, index) => index == 0 ? Completion.RunningContainers(c) : [],
            Arguments = { words },
        };
        command.SetAction(parsed =>
        {
            var names = parsed.GetValue(words)!;
            var parts = names[0].Split(',');
            var types = Types(parts[1..]);
            var container = context.Get<ContainerStore>().Find(parts[0]);
            using var target = ContainerTarget.Open(container);
            return NamespaceExec.Run(target, types, container.Spec.WritesIdMaps, names[1..]);
        });
        return command;
    }

    private static NamespaceType[] Types(string[] names)
    {
        var unknown = names.Where(n => NamespaceText.TypeOf(n) is null).ToList();
        return unknown.Count > 0 ? throw new EngineException(
                string.Join('\n', unknown.Select(n => $"namespace type {n}: EINVAL (no such type)")), $"the types are {NamespaceText.Names}", exitCode: 1)
            : names.Length == 0 ? Enum.GetValues<NamespaceType>()
            : [.. names.Select(n => NamespaceText.TypeOf(n)!.Value)];
    }
}
