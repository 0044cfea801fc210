using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers;

/// <summary>How the end of a run is told where nobody saw it.</summary>
internal static class ContainerEnd
{
    private const int KilledExitCode = 137;
    private const int RebootExitCode = 255;

    /// <summary>The machine went down with the container.</summary>
    public static ContainerState AfterReboot(ContainerState state) =>
        Ended(state, RebootExitCode) with { Error = "the machine was restarted" };

    /// <summary>The engine was killed, and the container with it.</summary>
    public static ContainerState AfterLostEngine(ContainerState state) =>
        Ended(state, KilledExitCode) with { FinishedAt = DateTimeOffset.UtcNow, Error = "the engine that ran it was killed" };

    /// <summary>It could not be started.</summary>
    public static ContainerState NotStarted(EngineException error) => new() { ExitCode = error.ExitCode, Error = error.Message };

    /// <summary>A run that was seen to its end.</summary>
    public static ContainerState Ended(ContainerState state, int exitCode) =>
        state with { Status = ContainerStatus.Exited, Pid = 0, PidStartTime = 0, ExitCode = exitCode, Networks = [] };
}
