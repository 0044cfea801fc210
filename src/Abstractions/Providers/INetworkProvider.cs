using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;

namespace MiniDock.Abstractions.Providers;

/// <summary>Connects a container to a network.</summary>
public interface INetworkProvider : IProvider
{
    /// <summary>Names all that is wrong with an attachment, as error texts with hints; empty when it may be planned. Changes nothing.</summary>
    IEnumerable<Problem> Validate(NetworkRequest request);

    /// <summary>The network namespace that the attachment asks for; null: a new one.</summary>
    NamespaceSpec? Namespace(NetworkRequest request);

    /// <summary>The steps that connect the container. A step of kind <c>*.lease</c> or an attach step gives receipts with
    /// <c>interface</c>, <c>address</c> (CIDR), <c>gateway</c>, <c>mac</c>, <c>network</c>, which inspect, hosts(5) and name resolution read.
    /// A step that publishes ports gives <c>ports</c>: <c>ADDRESS:HOSTPORT:PORT/PROTOCOL</c> each, separated by spaces.</summary>
    IEnumerable<PlanStep> Plan(NetworkRequest request);
}
