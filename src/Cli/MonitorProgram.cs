using MiniDock.Embedding;
using MiniDock.Engine.Containers.Monitor;

namespace MiniDock.Cli;

/// <summary>What this program is when it looks after a detached container.</summary>
internal static class MonitorProgram
{
    /// <summary>Looks after the container to its end.</summary>
    public static int Run(MonitorArguments arguments)
    {
        var warnings = new List<string>();
        return new EngineParts(arguments.Paths, warnings.Add).Monitor(warnings).Run(arguments.Id, arguments.AwaitsClient);
    }
}
