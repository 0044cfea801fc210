using MiniDock.Abstractions.Plan;
using MiniDock.Plugins.Network.Names;

namespace MiniDock.Plugins.Network.Bridge;

/// <summary>Lets the containers of a made network find a container by its names, and it them.</summary>
public sealed class BridgeNamesHandler : IStepHandler
{
    /// <inheritdoc/>
    public string Kind => NetworkStepKinds.Names;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var arguments = step.Arguments;
        var lease = BridgeArguments.Required(context, step.Requires[1]);
        var attachment = BridgeArguments.Number(arguments, "attachment");
        var addresses = lease["address"].Split('/')[0] + (lease.Find("address6") is { } address6 ? "," + address6.Split('/')[0] : "");
        var endpoints = new List<NamedEndpoint> { new(arguments["name"], false, context.ContainerId, attachment, addresses) };
        foreach (var alias in arguments.Find("aliases")?.Split(' ') ?? [])
        {
            endpoints.Add(new NamedEndpoint(alias, true, context.ContainerId, attachment, addresses));
        }

        new EndpointNames(context.Paths, arguments["network"]).Add(endpoints);
        return StepValues.Empty;
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context) =>
        new EndpointNames(context.Paths, step.Arguments["network"]).Remove(context.ContainerId, BridgeArguments.Number(step.Arguments, "attachment"));
}
