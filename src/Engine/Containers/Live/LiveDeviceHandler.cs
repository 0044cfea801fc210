using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Containers.Exec;
using MiniDock.Engine.Containers.Store;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Live;

/// <summary>Takes a device node back from a container that goes on. With one that has ended its /dev has gone.</summary>
public sealed class LiveDeviceHandler(ContainerStore store) : IStepHandler
{
    /// <inheritdoc/>
    public string Kind => LiveDevice.StepKind;

    /// <summary>Never called: what is put into the container is in the hands of the command that does it.</summary>
    public StepValues Apply(PlanStep step, IStepContext context) => throw new InvalidOperationException("a live device is applied by who has opened it");

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        if (store.Read(context.ContainerId) is { IsAlive: true } container && ContainerTarget.TryOpen(container) is { } target)
        {
            using (target)
            {
                Remove(new MountNamespace(target, container.Spec), LiveDevice.From(step));
            }
        }
    }

    private static void Remove(MountNamespace inside, LiveDevice device)
    {
        if (device.Mount is not { } mount)
        {
            inside.RemoveDevice(device.Device.Target, device.Kind, device.Number);
            return;
        }

        // A node that is open stays usable for who has it open, mounted or not: only the rules of the group can forbid that.
        inside.Detach(mount, isLazy: true);
        inside.RemoveDevice(device.Device.Target, FileKind.Regular, default);
    }
}
