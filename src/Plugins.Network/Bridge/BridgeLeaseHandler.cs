using System.Net;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Plan;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Addresses;
using MiniDock.Plugins.Network.Definitions;

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
        var attachment = BridgeArguments.Number(arguments, "attachment");
        var lease = new LeaseBook(context.Paths).Take(
            network, context.ContainerId, attachment, wanted, mac, arguments.Find("ip6") is { } ip6 ? IPAddress.Parse(ip6) : null);
        if (network.IsMade && !new DefinitionStore(context.Paths).Exists(network.Name))
        {
            throw new EngineException($"attach to network {network.Name}: ENOENT (removed while the container started)", "minidock network ls lists the networks");
        }

        return StepValues.Of(
            ("network", network.Name),
            ("interface", arguments["interface"]),
            ("address", $"{lease.Address}/{network.Subnet.PrefixLength}"),
            ("gateway", network.IsInternal ? null : network.Gateway.ToString()),
            ("host", network.Gateway.ToString()),
            ("mac", lease.Mac.ToString()),
            ("address6", lease.Address6 is { } address6 ? $"{address6}/{network.Subnet6?.PrefixLength}" : null),
            ("gateway6", network.IsInternal ? null : network.Gateway6?.ToString()),
            ("id", network.Id));
    }

    /// <inheritdoc/>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context) =>
        new LeaseBook(context.Paths).Release(step.Arguments["network"], context.ContainerId, BridgeArguments.Number(step.Arguments, "attachment"));
}
