using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Exec;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Events;

namespace MiniDock.Engine.Containers.Health;

/// <summary>Checks a container's health once and notes the result: what the process of <see cref="ProbeArguments"/> does.</summary>
public sealed class HealthCheck(ContainerStore store, ContainerExec exec)
{
    /// <summary>Runs the check to its end, or to its time-out.</summary>
    /// <param name="id">The container.</param>
    /// <param name="isStarting">Whether it is in its start period.</param>
    /// <returns>The exit code for whoever started this process: the <see cref="HealthStatus"/>, or that there is none.</returns>
    public int Run(ContainerId id, bool isStarting)
    {
        if (store.Read(id) is not { State.Status: ContainerStatus.Running, Spec.Healthcheck: { } check } container)
        {
            return ProbeArguments.NoVerdict;
        }

        if (Probe(container, check) is not { } probe)
        {
            return ProbeArguments.NoVerdict;
        }

        var before = container.Health ?? new HealthState();
        var after = HealthRules.After(before, probe, check, isStarting);
        store.WriteHealth(id, after);
        if (after.Status != before.Status)
        {
            store.Events.Append(ContainerEvents.Health(container.Spec, after.Status));
        }

        return (int)after.Status;
    }

    private HealthProbe? Probe(Container container, HealthcheckSpec check)
    {
        var process = container.Spec.Process with { Arguments = Command(check), EntrypointCount = 0, Terminal = false, Init = false };
        var spec = container.Spec with { Process = process };
        var start = DateTimeOffset.UtcNow;
        using var session = new CapturedSession(HealthRules.TimeoutMilliseconds(check));
        try
        {
            var exitCode = exec.Run(container, spec, _ => session, endsWithEngine: true);
            return session.IsTimedOut
                ? new HealthProbe(start, DateTimeOffset.UtcNow, -1, $"Health check exceeded timeout ({HealthRules.TimeoutMilliseconds(check)}ms): {session.Output}")
                : new HealthProbe(start, DateTimeOffset.UtcNow, exitCode, session.Output);
        }
        catch (EngineException e)
        {
            // The check itself cannot be executed; or the container is on its way out, which is no verdict.
            return e.ExitCode is 126 or 127 ? new HealthProbe(start, DateTimeOffset.UtcNow, e.ExitCode, e.Message) : null;
        }
    }

    private static IReadOnlyList<string> Command(HealthcheckSpec check) => check.Test[0] switch
    {
        "CMD-SHELL" => ["/bin/sh", "-c", string.Join(' ', check.Test.Skip(1))],
        "CMD" => [.. check.Test.Skip(1)],
        _ => check.Test,
    };
}
