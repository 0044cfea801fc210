using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Containers.Store;

namespace MiniDock.Engine.Containers.Networks;

/// <summary>Tells in the state of a running container which interface it has got. The state's file belongs to the engine that runs the container; that
/// writes it before anybody can connect, and again only after it has taken the run's lock.</summary>
public sealed class EndpointHandler(ContainerStore store) : IStepHandler
{
    private const string StepKind = "state.endpoint";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <summary>The step.</summary>
    /// <param name="interfaceName">The interface inside.</param>
    public static PlanStep Plan(string interfaceName) => new()
    {
        Id = ConnectionSteps.Prefix + "endpoint",
        Phase = PlanPhase.HostAfter,
        Kind = StepKind,
        Arguments = StepValues.Of(("interface", interfaceName)),
        Why = "inspect shows the interface",
    };

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var added = ((Run.StepContext)context).Receipts.Select(EndpointReceipt.Read).OfType<NetworkEndpoint>()
            .Where(e => e.Interface == step.Arguments["interface"]).ToList();
        Change(context.ContainerId, networks => [.. networks, .. added]);
        return StepValues.Empty;
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context) => Remove(context.ContainerId, step.Arguments["interface"]);

    /// <summary>Takes an interface out of a container's state.</summary>
    public void Remove(ContainerId id, string interfaceName) => Change(id, networks => [.. networks.Where(n => n.Interface != interfaceName)]);

    private void Change(ContainerId id, Func<IReadOnlyList<NetworkEndpoint>, IReadOnlyList<NetworkEndpoint>> change)
    {
        if (store.Read(id)?.State is { Status: ContainerStatus.Running or ContainerStatus.Paused } state)
        {
            store.Write(id, state with { Status = ContainerStatus.Running, Networks = change(state.Networks) });
        }
    }
}
