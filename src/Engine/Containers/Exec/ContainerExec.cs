using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Session;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Events;
using MiniDock.Engine.Run;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Exec;

/// <summary>Runs one more process in a running container.</summary>
public sealed class ContainerExec(ProviderSet providers, HostFacts host, EnginePaths paths)
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="container">The container.</param>
    /// <param name="spec">The same with the process that is wanted, see <see cref="ExecReader"/>.</param>
    /// <param name="detached">Return once the program runs; it then has no standard streams, or a terminal at which nobody sits.</param>
    /// <param name="options">How it is connected with the user.</param>
    /// <returns>Its exit code, 128+N when killed by signal N; 0 when detached.</returns>
    /// <exception cref="EngineException">The container does not run (exit code 1), or the program cannot be executed (126, 127).</exception>
    /// <remarks>A process without a terminal is killed with the engine that waits for it. One with a terminal is hung up by the terminal's end,
    /// which is another thing where the user has detached from it.</remarks>
    public int Run(Container container, ContainerSpec spec, bool detached, SessionOptions options) =>
        Run(container, spec, target => Open(target, spec, detached, options), endsWithEngine: !detached && !spec.Process.Terminal);

    /// <summary>Runs it with a session of the caller's.</summary>
    /// <param name="container">The container.</param>
    /// <param name="spec">The same with the process that is wanted.</param>
    /// <param name="open">Makes the session, which is disposed with the end.</param>
    /// <param name="endsWithEngine">Whether the process is killed when this engine ends.</param>
    /// <inheritdoc cref="Run(Container, ContainerSpec, bool, SessionOptions)" path="/exception"/>
    internal int Run(Container container, ContainerSpec spec, Func<ContainerTarget, IContainerSession> open, bool endsWithEngine)
    {
        // The forked child is this program until its exec, and is in the container's pid namespace from its first moment on. Our memory's
        // "not dumpable" is copied with it: nobody inside can trace it or reach our binary by its /proc/PID/exe.
        Processes.SetDumpable(false);
        using var target = ContainerTarget.Open(container);
        var types = target.ForeignNamespaces();
        var request = new CgroupRequest(container.Spec, host, paths);
        var cgroup = providers.Cgroup(container.Spec.CgroupDriver, host)
            ?? throw new EngineException($"cgroup driver {container.Spec.CgroupDriver}: unknown");
        var steps = ExecPlan.Steps(spec, host, cgroup.Plan(request).Where(s => s.Phase == PlanPhase.Child), types, endsWithEngine);
        using var session = open(target);
        var events = new ExecEvents(new EventLog(paths), container.Spec, spec.Process.Arguments);
        using var process = events.Around(() => target.Guard(() =>
        {
            var entering = EnteringProcess.Spawn(target, spec, steps, types, cgroup.SpawnCgroup(request), session);
            try
            {
                entering.Execute();
                return entering;
            }
            catch
            {
                entering.Dispose();
                throw;
            }
        }));
        var exitCode = session.Wait(process.PidFd, process.Pid);
        if (!session.HasLeft)
        {
            events.Die(exitCode);
        }
        else if (session is TerminalSession)
        {
            events.Detach();
        }

        return exitCode;
    }

    private static IContainerSession Open(ContainerTarget target, ContainerSpec spec, bool detached, SessionOptions options) =>
        detached ? new DetachedSession(spec.Process.Terminal ? ContainerTerminal.TryOpen(target) ?? Terminals.OpenPty() : null)
        : spec.Process.Terminal ? new TerminalSession(options with { Leave = TerminalHolder.Start }, ContainerTerminal.TryOpen(target))
        : new StreamSession(options);
}
