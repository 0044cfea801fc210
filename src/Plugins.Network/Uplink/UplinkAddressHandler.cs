using MiniDock.Abstractions.Plan;
using MiniDock.Linux;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Nic;

namespace MiniDock.Plugins.Network.Uplink;

/// <summary>Moves addresses and routes of an uplink to the host's own interface on the bridge, in one message. May be applied again.</summary>
public sealed class UplinkAddressHandler : IStepHandler
{
    /// <summary>Kind of the step.</summary>
    public const string StepKind = "uplink.address";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var state = NicState.From(context.ReceiptOf(UplinkPlan.StateId)!);
        using var socket = NetlinkSocket.Open(NetlinkProtocol.Route);
        var from = Index(socket, step.Arguments["device"]);
        var to = Index(socket, step.Arguments["target-device"]);
        var batch = new RouteBatch();
        batch.SetLink(to, new LinkSettings { Up = true });

        // The addresses are on both for an instant, rather than on none: connections do not notice.
        state.AddAddresses(batch, to);
        Delete(batch, state, from);
        state.AddRoutes(batch, to);
        socket.Execute(batch);
        return StepValues.Empty;
    }

    /// <summary>Takes them off that interface; the device gets them back when it is taken off the bridge.</summary>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        using var socket = NetlinkSocket.Open(NetlinkProtocol.Route);
        if (context.ReceiptOf(UplinkPlan.StateId) is { } state && socket.FindLink(step.Arguments["target-device"]) is { } own)
        {
            var batch = new RouteBatch();
            Delete(batch, NicState.From(state), own.Index);
            socket.Execute(batch);
        }
    }

    private static void Delete(RouteBatch batch, NicState state, int index)
    {
        foreach (var route in state.Routes)
        {
            batch.DeleteRoute(route.Destination, route.PrefixLength, route.Gateway, index, route.Metric == 0 ? null : route.Metric, toleratesMissing: true);
        }

        foreach (var address in state.Addresses)
        {
            batch.DeleteAddress(index, address.Address, address.PrefixLength, toleratesMissing: true);
        }
    }

    private static int Index(NetlinkSocket socket, string name) => (socket.FindLink(name) ?? throw new LinuxException("find link", name, Errno.ENODEV)).Index;
}
