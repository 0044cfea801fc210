using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Containers.Health;

/// <summary>How a process of this program is told to check a container's health once: hidden arguments, as a monitor's.</summary>
/// <param name="Paths">The engine's directories.</param>
/// <param name="Id">The container.</param>
/// <param name="IsStarting">Whether the container is in its start period.</param>
public sealed record ProbeArguments(EnginePaths Paths, ContainerId Id, bool IsStarting)
{
    /// <summary>Exit code of a check that could not be made: the container is paused, or ending.</summary>
    internal const int NoVerdict = 100;

    private const string Verb = "(health)";
    private const string Starting = "starting";
    private const string Started = "started";

    /// <summary>The process's arguments, its name first.</summary>
    internal IReadOnlyList<string> ToCommandLine() => ["minidock", Verb, Paths.Root, Paths.RunRoot, Id.Value, IsStarting ? Starting : Started];

    /// <summary>Reads what follows the program's name; null where it asks for something else.</summary>
    public static ProbeArguments? Parse(IReadOnlyList<string> arguments) =>
        arguments is [Verb, var root, var runRoot, var id, var mode] && ContainerId.TryParse(id, out var container)
            ? new ProbeArguments(new EnginePaths(root, runRoot), container, mode == Starting)
            : null;
}
