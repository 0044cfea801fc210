using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Events;
using MiniDock.Engine.Images.Tar;
using MiniDock.Engine.Trees;

namespace MiniDock.Engine.Containers.Snapshots;

/// <summary>Writes a container's root file system as a tar: <c>export</c>.</summary>
public sealed class ContainerExport(ContainerSnapshots snapshots)
{
    /// <summary>Writes it. What volumes and other mounts hold is no part of it, as in docker.</summary>
    public void Write(Container container, Stream output)
    {
        using var held = snapshots.Hold(container);
        using var mount = snapshots.Open(container, RootAccess.ReadOnly);
        var writer = new TarWriter(output);
        new TreeReader(writer).AddTree(mount.Root, []);
        writer.Finish();
        output.Flush();
        snapshots.Store.Events.Append(ContainerEvents.Of(container.Spec, "export"));
    }
}
