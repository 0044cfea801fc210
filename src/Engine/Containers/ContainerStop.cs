using MiniDock.Abstractions;
using MiniDock.Engine.Containers.Session.Attach;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Events;
using MiniDock.Engine.Plugins.Hooks;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers;

/// <summary>Ends running containers and waits until whoever looks after them has cleaned up.</summary>
public sealed class ContainerStop(ContainerStore store, ContainerPause pause, Func<PluginHooks>? hooks = null)
{
    /// <summary>Asks a container to end, and kills it when it has not after its time.</summary>
    /// <param name="container">The container; nothing is done where it does not run.</param>
    /// <param name="signal">The signal that asks, or null for the container's own.</param>
    /// <param name="timeoutSeconds">Seconds that it gets, or null for the container's own; negative waits for ever. Monotonic.</param>
    public void Stop(Container container, Signal? signal, int? timeoutSeconds)
    {
        if (!container.IsActive)
        {
            return;
        }

        store.MarkStoppedByHand(container.Id, stopped: true);
        if (container.Spec.Hooks is { Plugins.Count: > 0 })
        {
            hooks?.Invoke().Prestop(container.Spec, container.State, store.Paths);
        }

        var asks = signal ?? SignalOf(container);
        var seconds = timeoutSeconds ?? container.Spec.StopTimeoutSeconds;
        var process = FirstProcess.Of(container.State);
        var isSent = Send(container, process, asks);

        // A paused container gets the signal once it goes on.
        pause.Release(container.Id);
        if (isSent && !process.WaitForEnd(seconds < 0 ? -1 : (int)Math.Min(seconds * 1000L, int.MaxValue)))
        {
            Send(container, process, Signal.SIGKILL);
            process.WaitForEnd(-1);
        }

        WaitForRelease(container);
        store.Events.Append(ContainerEvents.Of(container.Spec, "stop"));
    }

    /// <summary>Sends a signal; one that ends a process counts as a stop by hand.</summary>
    /// <exception cref="EngineException">The container does not run; exit code 1.</exception>
    public void Kill(Container container, Signal signal)
    {
        if (signal == Signal.SIGKILL || signal == SignalOf(container))
        {
            store.MarkStoppedByHand(container.Id, stopped: true);
        }

        if (!container.IsRunning || !Send(container, FirstProcess.Of(container.State), signal))
        {
            throw new EngineException($"container {container.Spec.Name}: ESRCH (is not running)", "minidock ps lists the running ones", exitCode: 1);
        }

        // As docker does it: what is to end a container does not wait for its going on, and any signal counts as such unless --stop-signal names one.
        if (signal == Signal.SIGKILL || signal == SignalOf(container) || SignalOf(container) == Signal.SIGTERM)
        {
            pause.Release(container.Id);
        }
    }

    /// <summary>Waits until a container has ended for good.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="EngineException">It was removed with its end, and nobody had asked its monitor in time; exit code 1.</exception>
    public int WaitForEnd(Container container)
    {
        var told = AttachSession.WaitForExit(store.Paths.RunDirectory(container.Id));
        WaitForRelease(container);
        return store.Read(container.Id)?.State.ExitCode
            ?? told
            ?? throw new EngineException($"container {container.Spec.Name}: ENOENT (it was removed with its end)", exitCode: 1);
    }

    /// <summary>Waits until no engine process works on the container any more.</summary>
    public void WaitForRelease(Container container)
    {
        while (ContainerLock.IsHeld(store.Paths, container.Id))
        {
            Thread.Sleep(1);
        }
    }

    private bool Send(Container container, FirstProcess process, Signal signal)
    {
        if (!process.Signal(signal))
        {
            return false;
        }

        store.Events.Append(ContainerEvents.Kill(container.Spec, signal));
        return true;
    }

    private static Signal SignalOf(Container container) =>
        SignalNames.TryParse(container.Spec.StopSignal, out var signal) ? signal : Signal.SIGTERM;
}
