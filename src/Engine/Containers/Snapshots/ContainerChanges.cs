using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Store;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Snapshots;

/// <summary>What a container has changed in its image's files: <c>diff</c>.</summary>
public sealed class ContainerChanges(ContainerSnapshots snapshots)
{
    /// <summary>All changes, in order of paths; a directory stands before what is in it. Volumes and other mounts are no part of it.</summary>
    public IReadOnlyList<SnapshotChange> Find(Container container)
    {
        using var held = snapshots.Hold(container);
        using var merged = snapshots.Open(container, RootAccess.ReadOnly);
        return Find(container, merged.Root);
    }

    /// <summary>The same for one that is held and mounted already.</summary>
    internal IReadOnlyList<SnapshotChange> Find(Container container, SafeFileHandle merged)
    {
        using var image = snapshots.Open(container, RootAccess.Image);
        using var written = Files.Open(snapshots.Store.Paths.WritableLayer(container.Id), OpenFlags.Path | OpenFlags.Directory | OpenFlags.NoFollow);
        return new SnapshotComparison(merged, image.Root, written).Run();
    }
}
