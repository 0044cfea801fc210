using System.Net;
using MiniDock.Abstractions.Plan;
using MiniDock.Plugins.Network.Filter;
using MiniDock.Plugins.Network.Ports;

namespace MiniDock.Plugins.Network.Bridge;

/// <summary>Makes ports of the host lead to a container.</summary>
public sealed class BridgePublishHandler : IStepHandler
{
    /// <inheritdoc/>
    public string Kind => NetworkStepKinds.Publish;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var network = BridgeArguments.Network(BridgeArguments.Required(context, step.Requires[1]));
        var lease = BridgeArguments.Required(context, step.Requires[2]);
        var address = IPAddress.Parse(lease["address"].Split('/')[0]);
        var address6 = lease.Find("address6") is { } text ? IPAddress.Parse(text.Split('/')[0]) : null;
        using var book = PortBook.Open(context.Paths);
        var ports = new List<PublishedPort>();
        foreach (var binding in step.Arguments["ports"].Split(' '))
        {
            ports.AddRange(book.Reserve(PortBinding.Parse(binding), address, address6, context.ContainerId, step.Arguments["name"]));
        }

        new PacketFilter(context.Paths).Publish(network, ports, book);
        Forwarding.RouteLoopback(network.Device);
        return StepValues.Of(("ports", string.Join(' ', ports.Select(p => p.Binding))), ("address", address.ToString()));
    }

    /// <summary>Withdraws what the book has under the container's id, whatever the receipt: others' ports are never touched.</summary>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        using var book = PortBook.OpenExisting(context.Paths);
        if (book?.Of(context.ContainerId) is { Count: > 0 } ports)
        {
            new PacketFilter(context.Paths).Withdraw(ports);
            book.Remove(ports);
        }
    }
}
