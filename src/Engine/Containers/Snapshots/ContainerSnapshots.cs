using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Run;

namespace MiniDock.Engine.Containers.Snapshots;

/// <summary>Mounts root file systems of containers, to look into them whether or not they run.</summary>
public sealed class ContainerSnapshots(ContainerStore store, ProviderSet providers, StepHandlers handlers, Func<HostFacts> host)
{
    /// <summary>The store of the containers.</summary>
    internal ContainerStore Store => store;

    /// <summary>Mounts a root to be read.</summary>
    internal SnapshotMount Open(Container container, RootAccess access) =>
        SnapshotMount.Open(new RootRequest(container.Spec, host(), store.Paths) { Access = access }, providers, handlers);

    /// <summary>Mounts the root of a container that does not run to be written, with its volumes. The caller holds the container.</summary>
    internal SnapshotMount OpenWithVolumes(Container container)
    {
        var request = new RootRequest(container.Spec, host(), store.Paths);
        var volumes = container.Spec.Mounts
            .SelectMany((m, i) => providers.Mount(m.Type)?.Plan(new MountRequest(m, i, container.Spec, request.Host, store.Paths)) ?? [])
            .ToList();
        return SnapshotMount.Open(request, providers, handlers, root => VolumeMounts.Apply(volumes, root));
    }

    /// <summary>Keeps a container that does not run from being removed or started until disposed; null for one that runs, whose engine holds its lock.</summary>
    internal IDisposable? Hold(Container container) => ContainerLock.TryTake(store.Paths, container.Id) is { } held ? new Held(store, container, held) : null;

    private sealed class Held(ContainerStore store, Container container, ContainerLock held) : IDisposable
    {
        public void Dispose()
        {
            store.Release(container.Id, held);
            held.Dispose();
        }
    }
}
