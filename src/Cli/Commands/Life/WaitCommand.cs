using System.Globalization;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Cli.Commands.Life;

/// <summary><c>minidock wait</c>.</summary>
internal static class WaitCommand
{
    /// <summary>Makes the command.</summary>
    public static VerbCommand Create(CliContext context)
    {
        var names = EachContainer.Names();
        var command = new VerbCommand("wait", "Wait for the end of containers and print their exit codes")
        {
            Usage = "CONTAINER [CONTAINER...]",
            Examples = ["minidock wait zion"],
            Completes = (c, _) => Completion.Containers(c),
            Arguments = { names },
        };
        command.SetAction(parsed =>
        {
            var store = context.Get<ContainerStore>();
            var code = 0;
            foreach (var name in parsed.GetValue(names)!)
            {
                code = Math.Max(code, EachContainer.Guard(context, "wait", () =>
                {
                    var exit = context.Engine.Stop.WaitForEnd(store.Find(name));
                    context.Out.WriteLine(exit.ToString(CultureInfo.InvariantCulture));
                }));
            }

            return code;
        });
        return command;
    }
}
