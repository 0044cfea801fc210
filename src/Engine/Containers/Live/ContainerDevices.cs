using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Exec;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Events;
using MiniDock.Engine.Run;
using MiniDock.Engine.Run.Child;
using MiniDock.Engine.Run.Journal;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Live;

/// <summary>Gives devices to running containers and takes them away: the rule of the device group, and the node. Either happens as a whole or not at all.</summary>
public sealed class ContainerDevices(ContainerStore store, StepHandlers handlers, ProviderSet providers, HostFacts host)
{
    /// <summary>Gives a device to a container.</summary>
    /// <param name="container">The container as it was found.</param>
    /// <param name="device">The device.</param>
    /// <param name="isKept">Whether the next start has it too.</param>
    /// <exception cref="EngineException">It cannot be; nothing has changed. Exit code 1.</exception>
    public void Add(Container container, DeviceSpec device, bool isKept)
    {
        var node = NodeOf(device.Source);
        using var change = new LiveChange(container, store, handlers);
        var spec = change.Now.Spec;
        using var target = ContainerTarget.Open(change.Now);
        CheckFree(change.Now, target, device.Target);
        var rule = new DeviceRule(node.Kind == FileKind.BlockDevice ? 'b' : 'c', node.RawDevice.Major, node.RawDevice.Minor, device.Access);
        var present = WithLive(change.Now, change.Entries);
        var index = LiveSteps.NextIndex(LiveSteps.Device, change.Entries, 0);
        var plan = new RunPlan([DeviceChangeHandler.Plan(device, index, isKept), .. Rules(present, With(present, rule))]);
        var executor = new PlanExecutor(handlers, change.Journal, new StepContext(spec.Id, store.Paths) { Pid = change.Now.State.Pid });
        try
        {
            executor.Apply(plan, PlanPhase.HostBefore);
            executor.Apply(plan, PlanPhase.HostAfter);
            using var tree = HasOwnNodes(spec, device.Target) ? null : Mounts.OpenTree(null, device.Source, clone: true, recursive: false);
            var inside = new MountNamespace(target, spec);
            executor.Record(new LiveDevice(device, rule, index, isKept, tree is null ? null : Mounts.Identify(tree)).ToStep(), () => Put(inside, tree, device.Target, node));
        }
        catch (Exception e) when (e is EngineException or LinuxException or IOException)
        {
            change.TakeBack();
            throw new EngineException(e.Message, (e as EngineException)?.Hint ?? (e as LinuxException)?.Hint, 1, e);
        }

        // From here on it has happened.
        change.Journal.Forget(LiveSteps.IsOfChange);
        store.Events.Append(ContainerEvents.Of(spec, "device_add", ("device", device.Source), ("path", device.Target)));
    }

    /// <summary>Takes a device from a container, however it came to it; it does not have it at its next start either.</summary>
    /// <param name="container">The container as it was found.</param>
    /// <param name="path">Its path there, or on the host where only one device is from there.</param>
    /// <exception cref="EngineException">It has none there; exit code 1.</exception>
    public void Remove(Container container, string path)
    {
        using var change = new LiveChange(container, store, handlers);
        var spec = change.Now.Spec;
        var all = Of(change.Now, store.Paths);
        var found = all.Where(d => d.Device.Target == path).Concat(all.Where(d => d.Device.Source == path)).FirstOrDefault();
        if (found.Device is null)
        {
            throw new EngineException(
                $"device {path} in {spec.Name}: ENOENT (not one that the container was given)",
                all.Count == 0 ? "it was given none" : $"it was given {string.Join(", ", all.Select(d => d.Device.Target))}",
                exitCode: 1);
        }

        if (change.IsLive)
        {
            TakeFrom(change, found.Device, found.Live);
        }

        DeviceChangeHandler.Remove(store, spec, found.Device.Target);
        store.Events.Append(ContainerEvents.Of(spec, "device_rm", ("device", found.Device.Source), ("path", found.Device.Target)));
    }

    /// <summary>The devices that a container was given, those that came while it runs last.</summary>
    /// <returns>Each with null, or how it came while it runs.</returns>
    public static IReadOnlyList<(DeviceSpec Device, LiveDevice? Live)> Of(Container container, EnginePaths paths)
    {
        using var journal = new RunJournal(paths.RunDirectory(container.Id), paths.StateDirectory(container.Id));
        var live = container.IsRunning ? LiveDevice.Of(journal.Read(StepScope.Run)) : [];
        return
        [
            .. container.Spec.Devices.Where(d => !live.Any(l => l.Device.Target == d.Target)).Select(d => (d, (LiveDevice?)null)),
            .. live.Select(l => (l.Device, (LiveDevice?)l)),
        ];
    }

    private void TakeFrom(LiveChange change, DeviceSpec device, LiveDevice? live)
    {
        var spec = change.Now.Spec;
        var present = WithLive(change.Now, change.Entries);
        var rest = present with { Devices = [.. present.Devices.Where(d => d.Target != device.Target)] };
        rest = live is null ? rest : rest with { Resources = rest.Resources with { Devices = Without(rest.Resources.Devices, live.Rule) } };
        var executor = new PlanExecutor(handlers, change.Journal, new StepContext(spec.Id, store.Paths) { Pid = change.Now.State.Pid });
        executor.Apply(new RunPlan([.. Rules(present, rest)]), PlanPhase.HostAfter);
        if (live is not null)
        {
            // One that is cut short here has its rule again, until the same command is given again.
            var prefix = LiveSteps.PrefixOf(LiveSteps.Device, live.Index);
            new LiveDeviceHandler(store).Undo(live.ToStep(), null, new StepContext(spec.Id, store.Paths));
            change.Journal.Forget(step => LiveSteps.IsOfChange(step) || step.Id.StartsWith(prefix, StringComparison.Ordinal));
            return;
        }

        using (var target = ContainerTarget.Open(change.Now, evenPaused: true))
        {
            var node = NodeOf(device.Source);
            new MountNamespace(target, spec).RemoveDevice(device.Target, node.Kind, node.RawDevice);
        }

        change.Journal.Forget(LiveSteps.IsOfChange);
    }

    private IEnumerable<PlanStep> Rules(ContainerSpec before, ContainerSpec after)
    {
        var provider = providers.Cgroup(before.CgroupDriver, host) ?? throw new EngineException($"cgroup driver {before.CgroupDriver}: unknown", exitCode: 1);
        return provider.PlanDevices(new CgroupRequest(after, host, store.Paths), before).Select(step => step with { Id = LiveSteps.ChangePrefix + "rules" });
    }

    private static StepValues Put(MountNamespace inside, SafeFileHandle? tree, string path, FileStat node)
    {
        if (tree is null)
        {
            inside.MakeDevice(path, node);
        }
        else
        {
            inside.Attach(tree, path);
        }

        return StepValues.Empty;
    }

    // As at a start: a node of its own in the /dev that the engine has made, elsewhere and in a user namespace the host's.
    private static bool HasOwnNodes(ContainerSpec spec, string path) =>
        ChildNamespaces.ModeOf(spec, NamespaceType.User) != NamespaceMode.Private
        && path.StartsWith("/dev/", StringComparison.Ordinal)
        && !spec.Mounts.Any(m => m.Target == "/dev" || path.StartsWith(m.Target.TrimEnd('/') + "/", StringComparison.Ordinal));

    private static ContainerSpec WithLive(Container container, IReadOnlyList<JournalEntry> journal) =>
        LiveDevice.Of(journal).Aggregate(container.Spec, (spec, device) => With(spec, device.Rule));

    private static ContainerSpec With(ContainerSpec spec, DeviceRule rule) =>
        spec with { Resources = spec.Resources with { Devices = [.. spec.Resources.Devices, rule] } };

    // One of those that are alike: another device of the same number keeps its rule.
    private static IReadOnlyList<DeviceRule> Without(IReadOnlyList<DeviceRule> rules, DeviceRule rule)
    {
        var rest = rules.ToList();
        rest.Remove(rule);
        return rest;
    }

    private static FileStat NodeOf(string path)
    {
        var errno = Files.TryStatAt(null, path, followLink: true, out var node);
        if (errno != Errno.Success)
        {
            throw new EngineException(new LinuxException("device", path, errno).Message, "name a node of the host's /dev", exitCode: 1);
        }

        return node.Kind is FileKind.CharacterDevice or FileKind.BlockDevice
            ? node
            : throw new EngineException($"device {path}: ENODEV (not a device node)", "minidock mount add is for files and directories", exitCode: 1);
    }

    // What is made is removed again by its name: it must be new.
    private static void CheckFree(Container container, ContainerTarget target, string path)
    {
        using var root = target.OpenRoot();
        var errno = Files.TryOpenAt2(root, path.TrimStart('/'), OpenFlags.Path | OpenFlags.NoFollow, 0, ResolveFlags.InRoot | ResolveFlags.NoMagicLinks, out var there);
        if (errno == Errno.Success)
        {
            there.Dispose();
            throw new EngineException($"device {path} in {container.Spec.Name}: EEXIST (something is there already)", "name another path: HOSTDEV:PATH", exitCode: 1);
        }
    }
}
