using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Containers.Exec;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Engine.Containers.Live;

/// <summary>Takes a mount back from a container that goes on. One that has ended has no mounts any more: the kernel has seen to that.</summary>
public sealed class LiveMountHandler(ContainerStore store) : IStepHandler
{
    /// <inheritdoc/>
    public string Kind => LiveMount.StepKind;

    /// <summary>Never called: the mount that is put into the container is a descriptor of the command that does it.</summary>
    public StepValues Apply(PlanStep step, IStepContext context) => throw new InvalidOperationException("a live mount is applied by who has made it");

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        if (store.Read(context.ContainerId) is { IsAlive: true } container && ContainerTarget.TryOpen(container) is { } target)
        {
            using (target)
            {
                new MountNamespace(target, container.Spec).Detach(LiveMount.From(step).Identity, isLazy: true);
            }
        }
    }
}
