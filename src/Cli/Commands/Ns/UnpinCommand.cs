using System.CommandLine;
using MiniDock.Abstractions;
using MiniDock.Cli.Output;
using MiniDock.Engine.Containers.Sharing;

namespace MiniDock.Cli.Commands.Ns;

/// <summary><c>minidock ns unpin</c>.</summary>
internal static class UnpinCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var names = new Argument<string[]>("NAME") { Arity = ArgumentArity.OneOrMore };
        var command = new VerbCommand("ns unpin", "Take the name of a namespace away")
        {
            Usage = "NAME [NAME...]",
            Details = "The namespace goes with the last process in it.",
            Examples = ["minidock ns unpin inner"],
            Completes = (c, _) => Completion.PinnedNamespaces(c),
            Arguments = { names },
        };
        command.SetAction(parsed =>
        {
            var pinned = context.Get<PinnedNamespaces>();
            var code = 0;
            foreach (var name in parsed.GetValue(names)!)
            {
                try
                {
                    pinned.Unpin(name);
                    context.Out.WriteLine(name);
                }
                catch (Exception e) when (e is EngineException or IOException)
                {
                    // The others are unpinned all the same.
                    context.Out.Flush();
                    code = ErrorPrinter.Print(context.Error, e, "ns unpin", 1);
                }
            }

            return code;
        });
        return command;
    }
}
