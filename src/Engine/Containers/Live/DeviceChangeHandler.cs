using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Engine.Containers.Live;

/// <summary>The first step of an addition of a device: while it is in the journal, the addition has not come to its end. Puts a device that is to be kept into
/// the specification.</summary>
public sealed class DeviceChangeHandler(ContainerStore store) : IStepHandler
{
    private const string StepKind = "spec.device";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <summary>The step.</summary>
    internal static PlanStep Plan(DeviceSpec device, int index, bool isKept) => new()
    {
        Id = LiveSteps.ChangePrefix + "device",
        Phase = PlanPhase.HostBefore,
        Kind = StepKind,
        Arguments = StepValues.Of(
            ("steps", LiveSteps.PrefixOf(LiveSteps.Device, index)),
            ("source", isKept ? device.Source : null),
            ("target", isKept ? device.Target : null),
            ("access", isKept ? device.Access : null)),
        Why = isKept ? "a later start has the device too" : "what follows happens as a whole or not at all",
    };

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        if (step.Arguments.Find("source") is { } source && store.Read(context.ContainerId)?.Spec is { } spec)
        {
            store.WriteSpec(spec with { Devices = [.. spec.Devices, new DeviceSpec(source, step.Arguments["target"], step.Arguments["access"])] });
        }

        return StepValues.Empty;
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        if (step.Arguments.Find("target") is { } target && store.Read(context.ContainerId)?.Spec is { } spec)
        {
            Remove(store, spec, target);
        }
    }

    /// <summary>Takes the device of a target out of a specification; no other is there, or it could not have been added.</summary>
    internal static void Remove(ContainerStore store, ContainerSpec spec, string target)
    {
        if (spec.Devices.Any(d => d.Target == target))
        {
            store.WriteSpec(spec with { Devices = [.. spec.Devices.Where(d => d.Target != target)] });
        }
    }
}
