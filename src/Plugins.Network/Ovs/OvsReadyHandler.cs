using MiniDock.Abstractions.Plan;
using MiniDock.Plugins.Network.Ovs.Database;

namespace MiniDock.Plugins.Network.Ovs;

/// <summary>Waits until the switch has taken the port up, so that the container's first packet is not lost.</summary>
public sealed class OvsReadyHandler : IStepHandler
{
    /// <summary>Kind of the step.</summary>
    public const string StepKind = "ovs.ready";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        using var switches = new OvsSwitches(OvsdbConnection.Open(step.Arguments["socket"]));
        switches.WaitUntilTakenUp(context.ReceiptOf(step.Requires[0])!["host"]);
        return StepValues.Empty;
    }

    /// <summary>Nothing: it only waited.</summary>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
    }
}
