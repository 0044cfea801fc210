using MiniDock.Abstractions.Plan;
using MiniDock.Plugins.Network.Ports;

namespace MiniDock.Plugins.Network.Cni;

/// <summary>Takes the ports that a plugin is to publish: no other container may, and no program of the host may listen there.</summary>
public sealed class CniPortsHandler : IStepHandler
{
    /// <summary>Kind of the step.</summary>
    public const string StepKind = "cni.ports";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        using var book = PortBook.Open(context.Paths);
        foreach (var binding in step.Arguments["ports"].Split(' '))
        {
            book.Reserve(PortBinding.Parse(binding), PublishedPort.ByOthers, context.ContainerId, step.Arguments["name"]);
        }

        return StepValues.Of(("ports", step.Arguments["ports"]));
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        using var book = PortBook.OpenExisting(context.Paths);
        book?.Remove([.. book.Of(context.ContainerId).Where(p => p.IsByOthers)]);
    }
}
