using System.CommandLine;
using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers;
using MiniDock.Engine.Containers.Session;
using MiniDock.Engine.Containers.Session.Attach;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Events;

namespace MiniDock.Cli.Commands.Life;

/// <summary>Connects the user with a container that a monitor looks after.</summary>
internal static class AttachTo
{
    /// <summary>The option of keys that detach.</summary>
    public static Option<string?> Keys() => new("--detach-keys") { Description = "keys that detach from a terminal (default ctrl-p,ctrl-q)", HelpName = "KEYS" };

    /// <summary>Connects with the container's monitor.</summary>
    /// <exception cref="EngineException">It does not run, or nobody serves attaching; exit code 1.</exception>
    public static SafeFileHandle Connect(CliContext context, Container container) =>
        container.State.Status == ContainerStatus.Paused
            ? throw new EngineException($"container {container.Spec.Name}: EBUSY (is paused)", $"minidock unpause {container.Spec.Name}", exitCode: 1)
            : AttachSession.Connect(context.Paths.RunDirectory(container.Id)) ?? throw (container.IsRunning
            ? new EngineException($"container {container.Spec.Name}: ENOTSUP (it runs in the foreground of another command)", "minidock exec enters it", exitCode: 1)
            : new EngineException($"container {container.Spec.Name}: ESRCH (is not running)", $"minidock start {container.Spec.Name}", exitCode: 1));

    /// <summary>Carries data to the container's end, or until the user detaches.</summary>
    /// <returns>The container's exit code, 0 when detached, and whether it was that.</returns>
    /// <exception cref="EngineException">It does not run, or nobody serves attaching; exit code 1.</exception>
    public static (int ExitCode, bool IsDetached) Container(CliContext context, Container container, SafeFileHandle? socket, bool interactive, bool forwardSignals, string? detachKeys)
    {
        var keys = DetachKeys.Default;
        if (detachKeys is not null && !DetachKeys.TryParse(detachKeys, out keys!))
        {
            throw new EngineException($"--detach-keys {detachKeys}: EINVAL (not a sequence of keys)", "such as ctrl-p,ctrl-q or ctrl-a,d", exitCode: 1);
        }

        socket ??= Connect(context, container);
        context.Flush();
        var session = new AttachSession(
            new SessionOptions { Interactive = interactive && container.Spec.OpenStdin, ForwardSignals = forwardSignals, DetachKeys = keys },
            container.Spec.Process.Terminal);
        var events = context.Engine.Store.Events;
        events.Append(ContainerEvents.Of(container.Spec, "attach"));
        var end = session.Run(socket);
        if (end.IsDetached)
        {
            events.Append(ContainerEvents.Of(container.Spec, "detach"));
            context.Error.WriteLine("\r\nread escape sequence");
        }
        else if (container.Spec.Restart.Name == RestartPolicy.No)
        {
            // The next command of the user, such as rm, is not to meet a container that is still being cleaned up.
            ContainerLock.WaitUntilFree(context.Paths, container.Id);
        }

        return (end.ExitCode ?? (end.IsDetached ? 0
            : throw new EngineException($"container {container.Spec.Name}: EPIPE (its monitor let the connection go)", exitCode: 1)), end.IsDetached);
    }
}
