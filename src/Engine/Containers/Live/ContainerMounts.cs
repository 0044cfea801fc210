using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Exec;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Events;
using MiniDock.Engine.Run;
using MiniDock.Engine.Run.Journal;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Live;

/// <summary>Mounts into running containers and unmounts there. An addition happens as a whole or not at all, for each container: its steps are in the journal of
/// the run, where they stay for its end. A removal that was cut short is carried on by the same command.</summary>
public sealed class ContainerMounts(ContainerStore store, StepHandlers handlers, ProviderSet providers, HostFacts host)
{
    /// <summary>Mounts one thing into containers. Where one of them cannot have it, none has.</summary>
    /// <exception cref="EngineException">It cannot be; exit code 1.</exception>
    public void Add(MountAddition addition)
    {
        using var source = MountSource.Open(addition, store, providers, host);
        var done = new List<(Container Container, string Target)>();
        try
        {
            foreach (var (container, mount) in addition.Places)
            {
                AddOne(container, source.Of(mount), source, addition.IsKept);
                done.Add((container, mount.Target));
            }
        }
        catch (Exception e) when (e is EngineException or LinuxException or IOException)
        {
            done.Reverse();
            done.ForEach(d => Remove(d.Container, d.Target, isLazy: true));
            throw new EngineException(e.Message, (e as EngineException)?.Hint ?? (e as LinuxException)?.Hint, 1, e);
        }
    }

    /// <summary>Unmounts what a container was given, by <c>mount add</c> or when it was made; it does not have it at its next start either.</summary>
    /// <param name="container">The container as it was found.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="isLazy">Whether it goes at once though it is in use.</param>
    /// <exception cref="EngineException">There is none, or it is in use; exit code 1.</exception>
    public void Remove(Container container, string path, bool isLazy)
    {
        using var change = new LiveChange(container, store, handlers);
        var now = change.Now;
        var live = LiveMount.Of(change.Entries).FirstOrDefault(m => m.Mount.Target == path);
        if (live is null && !now.Spec.Mounts.Any(m => m.Target == path))
        {
            var there = Of(now, store.Paths).Select(m => m.Mount.Target).ToList();
            throw new EngineException(
                $"mount {now.Spec.Name}:{path}: ENOENT (not one that the container was given)",
                there.Count == 0 ? "it was given none" : $"it was given {string.Join(", ", there)}",
                exitCode: 1);
        }

        if (change.IsLive)
        {
            using var target = ContainerTarget.Open(now, evenPaused: true);
            var inside = new MountNamespace(target, now.Spec);
            if ((live?.Identity ?? At(target, path)) is { } mount)
            {
                inside.Detach(mount, isLazy);
            }
        }

        if (live is not null)
        {
            change.Undo(step => LiveSteps.IndexOf(LiveSteps.Mount, step) == live.Index);
        }

        MountChangeHandler.Remove(store, now.Spec, path);
        store.Events.Append(ContainerEvents.Of(now.Spec, "unmount", ("destination", path)));
    }

    /// <summary>The mounts that a container was given, those that came while it runs last.</summary>
    /// <returns>Each with null, or how it came while it runs.</returns>
    public static IReadOnlyList<(MountSpec Mount, LiveMount? Live)> Of(Container container, EnginePaths paths)
    {
        using var journal = new RunJournal(paths.RunDirectory(container.Id), paths.StateDirectory(container.Id));
        var live = container.IsRunning ? LiveMount.Of(journal.Read(StepScope.Run)) : [];
        return
        [
            .. container.Spec.Mounts.Where(m => !live.Any(l => l.Mount.Target == m.Target)).Select(m => (m, (LiveMount?)null)),
            .. live.Select(l => (l.Mount, (LiveMount?)l)),
        ];
    }

    private void AddOne(Container container, MountSpec mount, MountSource source, bool isKept)
    {
        using var change = new LiveChange(container, store, handlers);
        var now = change.Now;
        using var target = ContainerTarget.Open(now);
        if (Of(now, store.Paths).Any(m => m.Mount.Target == mount.Target))
        {
            throw new EngineException(
                $"mount {now.Spec.Name}:{mount.Target}: EEXIST (it has a mount there)", $"minidock mount rm {now.Spec.Name}:{mount.Target}", exitCode: 1);
        }

        var index = LiveSteps.NextIndex(LiveSteps.Mount, change.Entries, now.Spec.Mounts.Count);
        var planned = source.Plan(new MountRequest(mount, index, now.Spec, host, store.Paths));
        var plan = new RunPlan([MountChangeHandler.Plan(mount, index, isKept), .. planned.Where(s => s.Phase != PlanPhase.Child)]);
        var executor = new PlanExecutor(handlers, change.Journal, new StepContext(now.Id, store.Paths) { Pid = now.State.Pid });
        try
        {
            executor.Apply(plan, PlanPhase.HostBefore);
            executor.Apply(plan, PlanPhase.HostAfter);
            using var tree = source.Take(planned.LastOrDefault(s => s.Phase == PlanPhase.Child), target, new MountSurroundings(now.Spec, host, store.Paths));
            MountTrees.SetAttributes(tree, mount, !source.IsFileSystem, source.IsCopy);
            executor.Record(new LiveMount(mount, index, source.IsFileSystem, isKept, Mounts.Identify(tree)).ToStep(), () =>
            {
                new MountNamespace(target, now.Spec).Attach(tree, mount.Target);
                return StepValues.Empty;
            });
        }
        catch (Exception e) when (e is EngineException or LinuxException or IOException)
        {
            change.TakeBack();
            throw;
        }

        // From here on it has happened.
        change.Journal.Forget(LiveSteps.IsOfChange);
        store.Events.Append(ContainerEvents.Of(now.Spec, "mount", ("destination", mount.Target), ("source", mount.Source)));
    }

    private static MountIdentity? At(ContainerTarget target, string path) =>
        target.Guard(() => MountTable.Find(path, target.Pid)) is { } mount ? new MountIdentity(mount.Id, 0) : null;
}
