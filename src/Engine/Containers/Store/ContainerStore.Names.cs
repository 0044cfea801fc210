using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Engine.Events;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Store;

/// <content>Names of containers.</content>
public sealed partial class ContainerStore
{
    /// <summary>Their names.</summary>
    internal ContainerNames Names => _names;

    /// <summary>Gives a container another name.</summary>
    /// <exception cref="EngineException">The name is none, or taken; exit code 1.</exception>
    public void Rename(Container container, string name)
    {
        if (!ContainerName.IsValid(name))
        {
            throw new EngineException($"container name {name}: EINVAL (not a name)", $"a name is {ContainerName.Rule}", exitCode: 1);
        }

        if (_names.Claim(name, container.Id) is { } holder)
        {
            throw new EngineException($"container name {name}: EEXIST (in use by container {holder.Short})", exitCode: 1);
        }

        // The new name leads to the container before the old one stops to: it is never without.
        ContainerSpec spec;
        try
        {
            using var held = LockSpec(container.Id);
            spec = _files.ReadSpec(container.Id) ?? throw Removed(container.Id);
            WriteSpec(spec with { Name = name });
        }
        catch
        {
            _names.Release(name, container.Id);
            throw;
        }

        _names.Release(spec.Name, container.Id);
        if (!Files.Exists(_files.SpecFile(container.Id)))
        {
            // Whoever has removed it meanwhile knew its old name only.
            _names.Release(name, container.Id);
            throw Removed(container.Id);
        }

        Events.Append(ContainerEvents.Rename(spec with { Name = name }, spec.Name));
    }

    /// <summary>Whether a container's name leads to it: not so where the name's file was lost.</summary>
    public bool HoldsItsName(ContainerSpec spec) => _names.Find(spec.Name) == spec.Id;

    /// <summary>Gives a container its name again.</summary>
    /// <exception cref="EngineException">Another has it now; exit code 1.</exception>
    public void ClaimName(ContainerSpec spec)
    {
        if (_names.Claim(spec.Name, spec.Id) is { } holder && holder != spec.Id)
        {
            throw new EngineException(
                $"container name {spec.Name}: EEXIST (in use by container {holder.Short})", $"give this one another: minidock rename {spec.Id.Short} NAME", exitCode: 1);
        }
    }
}
