using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Creation;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Run.Child;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Exec;

/// <summary>A running container that something is about to enter: its first process, held by a pidfd so that it stays that process.</summary>
public sealed class ContainerTarget : IDisposable
{
    private static readonly NamespaceType[] AllTypes = Enum.GetValues<NamespaceType>();
    private readonly string _name;

    private ContainerTarget(Container container, SafeFileHandle pidFd)
    {
        (_name, PidFd, Pid) = (container.Spec.Name, pidFd, container.State.Pid);
    }

    /// <summary>Process id on the host.</summary>
    public int Pid { get; }

    /// <summary>Its pidfd.</summary>
    public SafeFileHandle PidFd { get; }

    /// <summary>Whether the process still lives. One on its way out has left its namespaces before its pidfd tells its end, and kills what entered them.</summary>
    public bool IsAlive => Files.TryStatAt(null, $"/proc/{Pid}/ns/uts", followLink: true, out _) == Errno.Success && !Polling.WaitFor(PidFd, PollEvents.Read, 0);

    /// <summary>Opens the first process of a container.</summary>
    /// <param name="container">The container.</param>
    /// <param name="evenPaused">Whether it may be paused: not where a process is to run in it.</param>
    /// <exception cref="EngineException">It does not run, or is paused; exit code 1.</exception>
    public static ContainerTarget Open(Container container, bool evenPaused = false)
    {
        if (container.State.Status == ContainerStatus.Paused && !evenPaused)
        {
            throw new EngineException($"container {container.Spec.Name}: EBUSY (is paused)", $"minidock unpause {container.Spec.Name}", exitCode: 1);
        }

        return TryOpen(container) ?? throw NotRunning(container.Spec.Name);
    }

    /// <summary>Opens the first process of a container, paused or not.</summary>
    /// <returns>Null where it does not run.</returns>
    public static ContainerTarget? TryOpen(Container container)
    {
        var first = FirstProcess.Of(container.State);
        if (!container.IsRunning || first.Pid <= 0 || first.BootId != Processes.BootId() || Processes.TryPidfdOpen(first.Pid, out var pidFd) != Errno.Success)
        {
            return null;
        }

        // Checked after the pidfd was opened: from here on it stays the same process.
        var target = new ContainerTarget(container, pidFd);
        if (Processes.StartTime(first.Pid) == first.StartTime && target.IsAlive)
        {
            return target;
        }

        target.Dispose();
        return null;
    }

    /// <summary>The kinds of namespaces in which the process is not where this engine is.</summary>
    public IReadOnlyList<NamespaceType> ForeignNamespaces() =>
        [.. Namespaces(AllTypes).Where(n => n.Id != Linux.Namespaces.IdentityOf(null, ChildNamespaces.Flag(n.Type))).Select(n => n.Type)];

    /// <summary>Which namespaces of some kinds it is in; a kind that the kernel does not have is left out.</summary>
    public IReadOnlyList<(NamespaceType Type, NamespaceId Id)> Namespaces(IEnumerable<NamespaceType> types) => Guard(() =>
    {
        var found = types.Where(Exists).Select(type => (type, Linux.Namespaces.IdentityOf(Pid, ChildNamespaces.Flag(type)))).ToList();
        return IsAlive ? found : throw NotRunning(_name);
    });

    /// <summary>A namespace of the process.</summary>
    public SafeFileHandle OpenNamespace(NamespaceType type) => Guard(() =>
    {
        var file = Linux.Namespaces.OpenOf(Pid, ChildNamespaces.Flag(type));
        if (IsAlive)
        {
            return file;
        }

        // The number may have been another process by then.
        file.Dispose();
        throw NotRunning(_name);
    });

    /// <summary>The root directory that the process sees.</summary>
    public SafeFileHandle OpenRoot() => Guard(() => Files.Open($"/proc/{Pid}/root", OpenFlags.Path | OpenFlags.Directory));

    /// <summary>Does something to the process; where that fails because it has ended meanwhile, the error says so.</summary>
    public T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is LinuxException or EngineException && (MeansNobody(e) || !IsAlive))
        {
            throw NotRunning(_name);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => PidFd.Dispose();

    // A process that is on its way out has no namespaces to join, a moment before that shows elsewhere.
    private static bool MeansNobody(Exception e) => (e as LinuxException ?? e.InnerException as LinuxException)?.Errno == Errno.ESRCH;

    private static EngineException NotRunning(string name) =>
        new($"container {name}: ESRCH (is not running)", "minidock ps lists those that run", exitCode: 1);

    private static bool Exists(NamespaceType type) => Files.Exists($"/proc/thread-self/ns/{NamespaceText.NameOf(type)}");
}
