using MiniDock.Abstractions.Plan;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Addresses;

namespace MiniDock.Plugins.Network.Bridge;

/// <summary>Takes an address for an attachment and gives it back.</summary>
public sealed class BridgeLeaseHandler : IStepHandler
{
    /// <inheritdoc/>
    public string Kind => NetworkStepKinds.Lease;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var arguments = step.Arguments;
        var network = BridgeArguments.Network(BridgeArguments.Required(context, step.Requires[0]));
        Ipv4Address? wanted = arguments.Find("ip") is { } ip ? Ipv4Address.Parse(ip) : null;
        MacAddress? mac = arguments.Find("mac") is { } text && MacAddress.TryParse(text, out var parsed) ? parsed : null;
        var lease = new LeaseBook(context.Paths).Take(network, context.ContainerId, BridgeArguments.Number(arguments, "attachment"), wanted, mac);
        return StepValues.Of(
            ("network", network.Name),
            ("interface", arguments["interface"]),
            ("address", $"{lease.Address}/{network.Subnet.PrefixLength}"),
            ("gateway", network.Gateway.ToString()),
            ("mac", lease.Mac.ToString()));
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context) =>
        new LeaseBook(context.Paths).Release(step.Arguments["network"], context.ContainerId, BridgeArguments.Number(step.Arguments, "attachment"));
}
