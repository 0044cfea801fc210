using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Engine.Integrity;

/// <summary>Looks for damage among containers: their specifications, states and names.</summary>
internal sealed class ContainerCheck(ContainerStore store, ContainerControl control)
{
    private readonly List<Damage> _found = [];

    /// <summary>Looks at everything.</summary>
    public (IReadOnlyList<Damage> Damages, int Count) Find()
    {
        var ids = store.AllIds();
        foreach (var id in ids)
        {
            Check(id);
        }

        foreach (var (name, id) in store.Names.All())
        {
            if (id is not { } holder || !ids.Contains(holder))
            {
                _found.Add(new Damage("name", name, "it leads to no container", "the next container of this name takes it")
                {
                    Repair = () => store.Names.ReleaseLost(name) ? "removed" : "it leads to one now",
                });
            }
        }

        return (_found, ids.Count);
    }

    private void Check(ContainerId id)
    {
        // Whoever makes or removes a container holds its lock; so does whoever runs it.
        var isHeld = ContainerLock.IsHeld(store.Paths, id);
        if (store.Read(id) is { } container)
        {
            CheckParts(id, container, isHeld);
        }
        else if (store.IsDamaged(id))
        {
            _found.Add(new Damage("container", id.Short, "its specification is not as it was written", store.Damaged(id).Hint!));
        }
        else if (!isHeld && Directory.Exists(store.Paths.StateDirectory(id)))
        {
            _found.Add(Lost(id));
        }
    }

    private void CheckParts(ContainerId id, Container container, bool isHeld)
    {
        if (container.Id != id)
        {
            _found.Add(new Damage("container", id.Short, $"its specification is that of container {container.Id.Short}", $"remove {store.Paths.StateDirectory(id)} if nothing in it is of use"));
            return;
        }

        if (!store.HoldsItsName(container.Spec) && !isHeld)
        {
            _found.Add(new Damage("container", container.Spec.Name, "its name does not lead to it", $"minidock rename {container.Id.Short} NAME")
            {
                Repair = () =>
                {
                    store.ClaimName(container.Spec);
                    return "named again";
                },
            });
        }

        if (store.IsStateDamaged(container.Id))
        {
            _found.Add(isHeld
                ? new Damage("container", container.Spec.Name, "its state cannot be read", "it runs: its state is written anew when it ends")
                : new Damage("container", container.Spec.Name, "its state cannot be read", "how it ended last is lost; it can be started again")
                {
                    Repair = () => Reset(container),
                });
        }
    }

    // Without its specification nobody knows what to run; what it has written stays until somebody says otherwise.
    private Damage Lost(ContainerId id)
    {
        var upper = store.Paths.WritableLayer(id);
        var isEmpty = !Directory.Exists(upper) || !Directory.EnumerateFileSystemEntries(upper).Any();
        return new Damage("container", id.Short, "it has no specification", isEmpty ? "nothing is lost with it" : $"what it has written lies in {upper}; then: minidock rm -f {id.Short}")
        {
            Repair = !isEmpty ? null : () =>
            {
                control.Discard(id);
                return "removed";
            },
        };
    }

    private string Reset(Container container)
    {
        using var held = ContainerLock.TryTake(store.Paths, container.Id)
            ?? throw new EngineException($"container {container.Spec.Name}: EBUSY (it was started meanwhile)", exitCode: 1);
        store.Write(container.Id, new ContainerState());
        held.Remove();
        return "it counts as never started";
    }
}
