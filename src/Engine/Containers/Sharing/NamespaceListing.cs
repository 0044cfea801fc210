using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Containers.Exec;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Run.Child;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Sharing;

/// <summary>Finds out who shares which namespace, by device and inode of the nsfs files: the kernel's own identity of them.</summary>
public sealed class NamespaceListing(ContainerStore store, PinnedNamespaces pinned)
{
    private static readonly NamespaceType[] Types = Enum.GetValues<NamespaceType>();

    /// <summary>The namespaces of all running containers, and those that are pinned.</summary>
    public IReadOnlyList<SharedNamespace> All() => List(_ => true);

    /// <summary>The namespaces of one container.</summary>
    /// <exception cref="EngineException">It does not run; exit code 1.</exception>
    public IReadOnlyList<SharedNamespace> Of(Container container)
    {
        using (ContainerTarget.Open(container, evenPaused: true))
        {
            return List(n => n.Containers.Contains(container.Spec.Name));
        }
    }

    private List<SharedNamespace> List(Func<SharedNamespace, bool> isWanted)
    {
        var users = store.ListActive().Where(c => c.IsRunning).SelectMany(NamespacesOf).ToLookup(u => (u.Type, u.Id), u => u.Name);
        var pins = pinned.List().ToLookup(p => (p.Type, p.Id), p => p.Name);
        var found =
            from key in users.Select(u => u.Key).Union(pins.Select(p => p.Key))
            orderby key.Type, key.Id.Inode
            select new SharedNamespace(key.Type, key.Id, IsHost(key.Type, key.Id), [.. users[key].Order(StringComparer.Ordinal)], [.. pins[key]]);
        return [.. found.Where(isWanted)];
    }

    private static bool IsHost(NamespaceType type, NamespaceId id) => Namespaces.IdentityOf(null, ChildNamespaces.Flag(type)) == id;

    // A container that ends while we look has none.
    private static List<(NamespaceType Type, NamespaceId Id, string Name)> NamespacesOf(Container container)
    {
        try
        {
            using var target = ContainerTarget.Open(container, evenPaused: true);
            return [.. target.Namespaces(Types).Select(n => (n.Type, n.Id, container.Spec.Name))];
        }
        catch (EngineException)
        {
            return [];
        }
    }
}
