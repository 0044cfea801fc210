using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Events;
using MiniDock.Engine.Run.Journal;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Store;

/// <summary>The containers of a root: a directory each, found by id, prefix of an id, or name.</summary>
public sealed partial class ContainerStore(EnginePaths paths) : IContainerDirectory
{
    private const uint OwnerOnly = 0x1C0;
    private readonly ContainerFiles _files = new(paths);
    private readonly ContainerNames _names = new(paths);
    private EventLog? _events;

    /// <summary>The engine's directories.</summary>
    public EnginePaths Paths => paths;

    /// <summary>Where it is told what happens to containers.</summary>
    public EventLog Events => _events ??= new EventLog(paths);

    /// <summary>Enters a container into the store.</summary>
    /// <param name="spec">The container.</param>
    /// <param name="writeSpec">False leaves the specification to a later <see cref="WriteSpec"/>: a container that is removed with its run needs none
    /// before it runs, and without one a sweep removes it, which is what is wanted.</param>
    /// <returns>Its lock: the run that follows holds it.</returns>
    /// <exception cref="EngineException">The name is taken.</exception>
    public ContainerLock Create(ContainerSpec spec, bool writeSpec = true)
    {
        var held = ContainerLock.Take(paths, spec.Id);
        try
        {
            // The run directory comes first: a sweep finds what a killed engine left half made by it.
            MakeRunDirectory(spec.Id);
            Files.CreateDirectories(paths.StateDirectory(spec.Id), OwnerOnly);
            if (_names.Claim(spec.Name, spec.Id) is { } holder)
            {
                Forget(spec.Id, held);
                throw new EngineException(
                    $"container name {spec.Name}: EEXIST (in use by container {holder.Short})",
                    $"remove or rename that container first: minidock rm {spec.Name}");
            }

            // The specification comes last and goes first: who has one is whole.
            if (writeSpec)
            {
                WriteSpec(spec);
            }

            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Writes or replaces a container's specification.</summary>
    /// <exception cref="EngineException">The container was removed meanwhile; exit code 1.</exception>
    public void WriteSpec(ContainerSpec spec)
    {
        try
        {
            _files.WriteSpec(spec, durable: !spec.AutoRemove);
        }
        catch (LinuxException e) when (e.Errno == Errno.ENOENT)
        {
            throw Removed(spec.Id);
        }
    }

    /// <summary>Makes the directory that says "somebody works on this container", with the lock held.</summary>
    public void MakeRunDirectory(ContainerId id) => Files.CreateDirectories(paths.RunDirectory(id), OwnerOnly);

    /// <summary>The container, or null when it is gone or half made.</summary>
    public Container? Read(ContainerId id) =>
        _files.ReadSpec(id) is { } spec
            ? new Container(spec, Truth(id, _files.ReadState(id))) { Health = spec.Healthcheck is null ? null : _files.ReadHealth(id) }
            : null;

    /// <summary>Replaces a container's state.</summary>
    public void Write(ContainerId id, ContainerState state) => _files.WriteState(id, state);

    /// <summary>Replaces what is known of a container's health.</summary>
    public void WriteHealth(ContainerId id, HealthState health) => _files.WriteHealth(id, health);

    /// <summary>The right to replace a container's specification: whoever reads it, changes it and writes it holds this meanwhile.</summary>
    /// <exception cref="EngineException">The container is gone; exit code 1.</exception>
    public IDisposable LockSpec(ContainerId id)
    {
        var errno = Files.TryOpenAt(null, paths.StateDirectory(id), OpenFlags.Directory, 0, out var directory);
        if (errno != Errno.Success)
        {
            throw Removed(id);
        }

        Files.Flock(directory, exclusive: true);
        return directory;
    }

    /// <summary>Whether something of a container's run is left that could not be undone: its run directory then stays, for the next command to try again.</summary>
    public bool IsLeftBehind(ContainerId id) => Files.Exists(Path.Combine(paths.RunDirectory(id), Run.Journal.RunJournal.FileName));

    /// <summary>Ends the work on a container that stays: its run directory and its lock go.</summary>
    public void Release(ContainerId id, ContainerLock held)
    {
        Files.RemoveTree(null, paths.RunDirectory(id));
        held.Remove();
    }

    /// <summary>Whether <c>stop</c> or <c>kill</c> ended the container last: its restart policy then leaves it alone, also after a reboot.</summary>
    public bool WasStoppedByHand(ContainerId id) => File.Exists(StopMark(id));

    /// <summary>Notes or forgets that.</summary>
    public void MarkStoppedByHand(ContainerId id, bool stopped)
    {
        if (!stopped)
        {
            Files.TryUnlinkAt(null, StopMark(id));
        }
        else if (Files.TryOpenAt(null, StopMark(id), OpenFlags.WriteOnly | OpenFlags.Create, 0x180, out var mark) == Errno.Success)
        {
            mark.Dispose();
        }
    }

    /// <summary>Whether a container is paused.</summary>
    public bool IsPaused(ContainerId id) => Files.Exists(PauseMark(id));

    /// <summary>Notes that a container is paused, or is no more. The mark lies in the run directory and goes with the run.</summary>
    public void MarkPaused(ContainerId id, bool paused)
    {
        if (paused)
        {
            Files.Open(PauseMark(id), OpenFlags.WriteOnly | OpenFlags.Create, 0x180).Dispose();
        }
        else
        {
            Files.TryUnlinkAt(null, PauseMark(id));
        }
    }

    /// <summary>All containers, newest first.</summary>
    public IReadOnlyList<Container> List() => List(IdsIn(paths.Containers));

    /// <summary>Those that have a run directory, newest first: what <c>ps</c> shows without <c>-a</c> is among them, however many others there are.</summary>
    public IReadOnlyList<Container> ListActive() => List(IdsIn(paths.RunContainers));

    /// <summary>Ids that have a run directory or the file of a lock, which is the last thing to go: whatever an engine was at work on.</summary>
    public IReadOnlyList<ContainerId> ActiveIds() => [.. IdsIn(paths.RunContainers).Union(IdsIn(ContainerLock.DirectoryOf(paths)))];

    /// <summary>Ids that have a persistent directory.</summary>
    public IReadOnlyList<ContainerId> AllIds() => IdsIn(paths.Containers);

    /// <summary>Finds a container by name, id, or unambiguous prefix of an id.</summary>
    /// <exception cref="EngineException">There is none, or more than one; exit code 1 as docker's.</exception>
    public Container Find(string nameOrId)
    {
        var id = Resolve(nameOrId);
        return id is { } found && Read(found) is { } container
            ? container
            : throw (id is { } damaged && IsDamaged(damaged) ? Damaged(damaged)
                : new EngineException($"container {nameOrId}: ENOENT (no such container)", "minidock ps -a lists the containers", exitCode: 1));
    }

    /// <inheritdoc/>
    /// <exception cref="EngineException">Several ids begin like this; exit code 1.</exception>
    public ContainerId? Resolve(string nameOrId)
    {
        if (ContainerName.IsValid(nameOrId) && _names.Find(nameOrId) is { } named)
        {
            return named;
        }

        if (ContainerId.TryParse(nameOrId, out var whole))
        {
            return Directory.Exists(paths.StateDirectory(whole)) ? whole : null;
        }

        if (nameOrId.Length == 0 || nameOrId.AsSpan().ContainsAnyExcept("0123456789abcdef"))
        {
            return null;
        }

        var matches = AllIds().Where(id => id.Value.StartsWith(nameOrId, StringComparison.Ordinal)).ToList();
        return matches.Count switch
        {
            0 => null,
            1 => matches[0],
            _ => throw new EngineException($"container {nameOrId}: ambiguous ({matches.Count} ids begin like this)", "give more digits", exitCode: 1),
        };
    }

    /// <inheritdoc/>
    public int? PidOf(ContainerId id) => Read(id) is { IsRunning: true } container ? container.State.Pid : null;

    /// <summary>Takes a container out of the store, with its lock held; its plan is undone already.</summary>
    /// <param name="id">The container.</param>
    /// <param name="name">Its name; null where its specification is lost. Where that does not lead to it, all names that do are given back.</param>
    /// <param name="held">Its lock.</param>
    public void Remove(ContainerId id, string? name, ContainerLock held)
    {
        Files.TryUnlinkAt(null, _files.SpecFile(id));
        if (name is null || !_names.Release(name, id))
        {
            _names.ReleaseAll(id);
        }

        Forget(id, held);
    }

    /// <summary>The container as it is now.</summary>
    /// <exception cref="EngineException">It was removed meanwhile; exit code 1.</exception>
    public Container Reread(Container container) =>
        Read(container.Id) ?? throw Removed(container);

    /// <summary>The journal of a container.</summary>
    public RunJournal Journal(ContainerId id) => new(paths.RunDirectory(id), paths.StateDirectory(id));

    /// <summary>That a container was removed while a command was at work on it.</summary>
    internal static EngineException Removed(Container container) => new($"container {container.Spec.Name}: ENOENT (it was removed)", exitCode: 1);

    private static EngineException Removed(ContainerId id) => new($"container {id.Short}: ENOENT (it was removed)", exitCode: 1);

    private static List<ContainerId> IdsIn(string directory)
    {
        var ids = new List<ContainerId>();
        if (!Directory.Exists(directory))
        {
            return ids;
        }

        foreach (var path in Directory.EnumerateFileSystemEntries(directory))
        {
            if (ContainerId.TryParse(Path.GetFileName(path), out var id))
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    private List<Container> List(List<ContainerId> ids)
    {
        var containers = ids.Select(Read).OfType<Container>().ToList();
        containers.Sort((a, b) => b.Spec.Created.CompareTo(a.Spec.Created));
        return containers;
    }

    private string PauseMark(ContainerId id) => Path.Combine(paths.RunDirectory(id), "paused");

    private string StopMark(ContainerId id) => Path.Combine(paths.StateDirectory(id), "stopped");

    // Without a specification a directory is nobody's container, whatever else is left of it.
    private void Forget(ContainerId id, ContainerLock held)
    {
        Files.RemoveTree(null, paths.StateDirectory(id));
        Files.RemoveTree(null, paths.RunDirectory(id));
        held.Remove();
    }

    // A state that says "running" without a run directory is from before a reboot. Whether it is paused is no part of the state's file: that
    // belongs to the engine that runs the container.
    private ContainerState Truth(ContainerId id, ContainerState state) =>
        state.Status is not (ContainerStatus.Running or ContainerStatus.Restarting) ? state
        : !Directory.Exists(paths.RunDirectory(id)) ? ContainerEnd.AfterReboot(state)
        : state.Status == ContainerStatus.Running && IsPaused(id) ? state with { Status = ContainerStatus.Paused }
        : state;
}
