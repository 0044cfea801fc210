using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Exec;
using MiniDock.Engine.Containers.Snapshots;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Run.Child;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Copying;

/// <summary>A container's root with its volumes: as its first process sees it while it runs, else mounted for the engine alone.</summary>
internal sealed class ContainerRoot : IDisposable
{
    private readonly IReadOnlyList<IDisposable> _owned;

    private ContainerRoot(ContainerSpec spec, SafeFileHandle root, bool isMapped, params IReadOnlyList<IDisposable> owned)
    {
        Root = root;
        UserMap = isMapped ? spec.UidMap : [];
        GroupMap = isMapped ? spec.GidMap : [];
        _owned = owned;
    }

    /// <summary>The root directory.</summary>
    public SafeFileHandle Root { get; }

    // Ids of a user namespace are the host's in what its processes see.
    private IReadOnlyList<IdMapping> UserMap { get; }

    private IReadOnlyList<IdMapping> GroupMap { get; }

    /// <summary>Opens it. One that does not run is neither started nor removed until this is disposed.</summary>
    /// <exception cref="EngineException">It cannot be mounted; exit code 1.</exception>
    public static ContainerRoot Open(ContainerSnapshots snapshots, Container container)
    {
        while (true)
        {
            if (snapshots.Hold(container) is { } held)
            {
                try
                {
                    var mount = snapshots.OpenWithVolumes(container);
                    return new ContainerRoot(container.Spec, mount.Root, isMapped: false, mount, held);
                }
                catch
                {
                    held.Dispose();
                    throw;
                }
            }

            container = snapshots.Store.Read(container.Id)
                ?? throw new EngineException($"container {container.Spec.Name}: ENOENT (no such container)", exitCode: 1);
            if (container.IsRunning)
            {
                using var target = ContainerTarget.Open(container, evenPaused: true);
                var root = target.OpenRoot();
                return new ContainerRoot(container.Spec, root, ChildNamespaces.ModeOf(container.Spec, NamespaceType.User) == NamespaceMode.Private, root);
            }

            // Somebody starts it, or copies files too.
            Thread.Sleep(1);
        }
    }

    /// <summary>The owner inside for one on the disk.</summary>
    public (uint User, uint Group) Inside(uint user, uint group) => (ToInside(UserMap, user), ToInside(GroupMap, group));

    /// <summary>The owner on the disk for one inside.</summary>
    public (uint User, uint Group) Outside(uint user, uint group) => (ToOutside(UserMap, user), ToOutside(GroupMap, group));

    /// <summary>Does something that makes files in the root. In the mounts of a user namespace the kernel lets only one of its users make them.</summary>
    public void Do(Action write)
    {
        if (UserMap.Count == 0 && GroupMap.Count == 0)
        {
            write();
            return;
        }

        ApartThread.Run(() =>
        {
            ApartThread.MakeFilesAs(ToOutside(UserMap, 0), ToOutside(GroupMap, 0));
            write();
            return true;
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var one in _owned)
        {
            one.Dispose();
        }
    }

    private static uint ToInside(IReadOnlyList<IdMapping> map, uint id) =>
        map.FirstOrDefault(m => id >= m.Outside && id - m.Outside < m.Length) is { } found ? found.Inside + (id - found.Outside) : id;

    // An id that the container does not know is nobody's there: its root's, rather than one of the host's.
    private static uint ToOutside(IReadOnlyList<IdMapping> map, uint id) =>
        map.FirstOrDefault(m => id >= m.Inside && id - m.Inside < m.Length) is { } found ? found.Outside + (id - found.Inside)
        : map.FirstOrDefault(m => m.Inside == 0)?.Outside ?? id;
}
