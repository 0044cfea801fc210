using MiniDock.Embedding;
using MiniDock.Engine.Containers.Health;

namespace MiniDock.Cli;

/// <summary>What this program is when it checks a container's health.</summary>
internal static class ProbeProgram
{
    /// <summary>Checks once.</summary>
    public static int Run(ProbeArguments arguments)
    {
        var parts = new EngineParts(arguments.Paths, _ => { });
        return new HealthCheck(parts.Store, parts.Exec).Run(arguments.Id, arguments.IsStarting);
    }
}
