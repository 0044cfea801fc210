using MiniDock.Abstractions;
using MiniDock.Cli.Output;
using MiniDock.Linux;
using MiniDock.Plugins.Network.Definitions;

namespace MiniDock.Cli.Commands.Networks;

/// <summary>Does one thing to each of several networks: what fails for one does not stop the others.</summary>
internal static class EachNetwork
{
    /// <summary>Does it, and prints the name of each that it was done to.</summary>
    /// <param name="context">The command's surroundings.</param>
    /// <param name="path">The command, for its help.</param>
    /// <param name="names">The networks.</param>
    /// <param name="toleratesMissing">One that does not exist is told, but no failure.</param>
    /// <param name="act">What to do.</param>
    public static int Do(CliContext context, string path, IEnumerable<string> names, bool toleratesMissing, Action<NetworkDefinition> act) =>
        Do(context, path, names, toleratesMissing, (string name) => act(ListedNetwork.Find(context.Paths, name)));

    /// <inheritdoc cref="Do(CliContext, string, IEnumerable{string}, bool, Action{NetworkDefinition})"/>
    public static int Do(CliContext context, string path, IEnumerable<string> names, bool toleratesMissing, Action<string> act)
    {
        var code = 0;
        foreach (var name in names)
        {
            try
            {
                act(name);
                context.Out.WriteLine(name);
            }
            catch (Exception e) when (e is EngineException or LinuxException or IOException)
            {
                context.Out.Flush();
                var failed = ErrorPrinter.Print(context.Error, e, path, 1);
                code = toleratesMissing && ListedNetwork.Resolve(context.Paths, name) is null ? code : failed;
            }
        }

        return code;
    }
}
