using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;

namespace MiniDock.Engine.Containers.Monitor;

/// <summary>How a monitor is told what to look after: the program's own hidden arguments, and inherited descriptors.</summary>
/// <param name="Paths">The engine's directories.</param>
/// <param name="Id">The container.</param>
/// <param name="AwaitsClient">Whether the container is not to run before somebody has attached to it.</param>
public sealed record MonitorArguments(EnginePaths Paths, ContainerId Id, bool AwaitsClient = false)
{
    /// <summary>First argument of a monitor. No command of the command line: it is not in the table of verbs.</summary>
    public const string Verb = "(monitor)";

    private const string Attached = "attached";
    private const string Alone = "alone";

    /// <summary>The container's lock.</summary>
    internal const int LockDescriptor = 100;

    /// <summary>Where the monitor reports that the container runs, or why not.</summary>
    internal const int ReportDescriptor = 101;

    /// <summary>The arguments of a monitor's process, its name first: <c>ps</c> shows what it is for.</summary>
    public IReadOnlyList<string> ToCommandLine() => ["minidock", Verb, Paths.Root, Paths.RunRoot, Id.Value, AwaitsClient ? Attached : Alone];

    /// <summary>Reads what follows the program's name; null where it is no monitor's command line.</summary>
    public static MonitorArguments? Parse(IReadOnlyList<string> arguments) =>
        arguments is [Verb, var root, var runRoot, var id, var mode] && ContainerId.TryParse(id, out var container)
            ? new MonitorArguments(new EnginePaths(root, runRoot), container, mode == Attached)
            : null;
}
