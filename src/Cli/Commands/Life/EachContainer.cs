using System.CommandLine;
using MiniDock.Abstractions;
using MiniDock.Cli.Output;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Cli.Commands.Life;

/// <summary>Does one thing to each container that was named, and prints the names for which it worked, as docker does.</summary>
internal static class EachContainer
{
    /// <summary>The argument of such commands.</summary>
    public static Argument<string[]> Names() => new("CONTAINER") { Arity = ArgumentArity.OneOrMore };

    /// <summary>Acts on each; a failure is told and stops none of the others.</summary>
    /// <returns>0, or the exit code of the last failure.</returns>
    public static int Do(CliContext context, string verb, IEnumerable<string> names, Action<Container> act)
    {
        var code = 0;
        foreach (var name in names)
        {
            var failed = Guard(context, verb, () =>
            {
                act(context.Get<ContainerStore>().Find(name));
                context.Out.WriteLine(name);
            });
            code = failed == 0 ? code : failed;
        }

        return code;
    }

    /// <summary>Tells a failure instead of throwing it.</summary>
    /// <returns>0, or the exit code of the failure.</returns>
    public static int Guard(CliContext context, string verb, Action act)
    {
        try
        {
            act();
            return 0;
        }
        catch (Exception e) when (e is EngineException or IOException)
        {
            context.Out.Flush();
            return ErrorPrinter.Print(context.Error, e, verb, 1);
        }
    }
}
