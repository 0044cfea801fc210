using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Store;

/// <summary>A container as the store holds it.</summary>
/// <param name="Spec">What was asked for.</param>
/// <param name="State">What became of it; a dead engine's "running" is told as exited here.</param>
public sealed record Container(ContainerSpec Spec, ContainerState State)
{
    /// <summary>What checks of its health have come to; null where it has none.</summary>
    public HealthState? Health { get; init; }

    /// <summary>Its id.</summary>
    public ContainerId Id => Spec.Id;

    /// <summary>Whether its state says that its first process lives.</summary>
    public bool IsRunning => State.Status is ContainerStatus.Running or ContainerStatus.Paused;

    /// <summary>Whether that process is alive at this moment: the kernel is asked.</summary>
    public bool IsAlive => IsRunning && FirstProcess.Of(State).IsAlive;

    /// <summary>Whether an engine process of ours looks after it.</summary>
    public bool IsActive => IsRunning || State.Status == ContainerStatus.Restarting;
}
