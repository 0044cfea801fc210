using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Containers.Exec;
using MiniDock.Engine.Containers.Store;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Live;

/// <summary>A file system with a name that lives in a running container: <c>mount add</c> has made it, and it lasts as long as one container has it.</summary>
internal sealed class SharedMount
{
    private readonly Container _holder;
    private readonly LiveMount _mount;

    private SharedMount(Container holder, LiveMount mount) => (_holder, _mount) = (holder, mount);

    /// <summary>What it was made as.</summary>
    public MountSpec Mount => _mount.Mount;

    /// <summary>Finds one by its name.</summary>
    public static SharedMount? Find(string name, ContainerStore store)
    {
        foreach (var container in store.ListActive().Where(c => c.IsAlive))
        {
            using var journal = store.Journal(container.Id);
            var found = LiveMount.Of(journal.Read(StepScope.Run))
                .FirstOrDefault(m => m.IsFileSystem && m.Mount.Source == name && !MountTrees.IsBoundToNamespaces(m.Mount.Type) && IsThere(container, m));
            if (found is not null)
            {
                return new SharedMount(container, found);
            }
        }

        return null;
    }

    // Who lives there may have unmounted it.
    private static bool IsThere(Container container, LiveMount mount)
    {
        using var target = ContainerTarget.TryOpen(container);
        return target is not null && target.Guard(() => MountTable.Read(target.Pid).Any(m => m.Id == mount.Identity.Id));
    }

    /// <summary>Copies of it, at no place yet.</summary>
    public IReadOnlyList<SafeFileHandle> Copies(int count)
    {
        using var target = ContainerTarget.Open(_holder, evenPaused: true);
        var inside = new MountNamespace(target, _holder.Spec);
        return [.. Enumerable.Range(0, count).Select(_ => inside.Copy(_mount.Identity))];
    }
}
