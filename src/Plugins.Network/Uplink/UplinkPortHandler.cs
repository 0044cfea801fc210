using MiniDock.Abstractions.Plan;
using MiniDock.Linux;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Bridge;
using MiniDock.Plugins.Network.Nic;
using MiniDock.Plugins.Network.Ovs;
using MiniDock.Plugins.Network.Ovs.Database;

namespace MiniDock.Plugins.Network.Uplink;

/// <summary>Makes a device of the host a port of a bridge or switch. May be applied again.</summary>
public sealed class UplinkPortHandler : IStepHandler
{
    /// <summary>Kind of the step.</summary>
    public const string StepKind = "uplink.port";

    private const string UplinkKey = "minidock-uplink";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var device = step.Arguments["device"];
        var target = UplinkTarget.From(step.Arguments);
        using var socket = NetlinkSocket.Open(NetlinkProtocol.Route);
        var link = Find(socket, device);
        var batch = new RouteBatch();
        if (target.SocketPath is null)
        {
            batch.SetLink(link.Index, new LinkSettings { Master = Find(socket, target.Device).Index, Up = true });
            socket.Execute(batch);
            return StepValues.Empty;
        }

        batch.SetLink(link.Index, new LinkSettings { Up = true });
        socket.Execute(batch);
        using var switches = new OvsSwitches(OvsdbConnection.Open(target.SocketPath));

        // With its addresses, the host keeps its hardware address: what neighbours remember of it stays right. (A bridge of Linux takes
        // packets to the address of each of its ports for itself, a switch does not.)
        var mac = step.Arguments["moves"] == "true" ? link.Address?.ToString() : null;
        switches.Add(new OvsPort(target.Device, device, null, OwnerOf(step, context)) { SwitchMac = mac }, context.Paths);
        switches.WaitUntilTakenUp(device);
        return StepValues.Empty;
    }

    /// <summary>Takes it off again and makes it what it was, with its addresses and routes.</summary>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        if (context.ReceiptOf(UplinkPlan.StateId) is not { } values)
        {
            return;
        }

        var state = NicState.From(values);
        var target = UplinkTarget.From(step.Arguments);
        using var socket = NetlinkSocket.Open(NetlinkProtocol.Route);
        if (target.SocketPath is { } path)
        {
            RemovePort(step, context, target, path, state);
        }

        // Where it was unplugged meanwhile there is nothing to give back.
        if (socket.FindLink(state.Name) is { } link)
        {
            GiveBack(socket, link, state, isPort: target.SocketPath is null && link.Master != 0);
        }
    }

    // The link stays up: on a real cable it would take seconds to come back.
    private static void GiveBack(NetlinkSocket socket, LinkInfo link, NicState state, bool isPort)
    {
        var batch = new RouteBatch();
        batch.SetLink(link.Index, new LinkSettings { Master = isPort ? 0 : null, Up = state.IsUp });
        state.AddAddresses(batch, link.Index);
        if (state.IsUp)
        {
            state.AddRoutes(batch, link.Index);
        }

        socket.Execute(batch);
        Announcement.Send(socket, link);
    }

    private static void RemovePort(PlanStep step, IStepContext context, UplinkTarget target, string path, NicState state)
    {
        // Where Open vSwitch does not run, its row goes with the device's next use.
        if (OvsdbConnection.TryOpen(path, out var errno) is { } connection)
        {
            using var switches = new OvsSwitches(connection);
            switches.RemovePorts(OwnerOf(step, context));
            if (step.Arguments["moves"] == "true" && state.Mac is { } mac)
            {
                switches.ReleaseMac(target.Device, mac.ToString());
            }
        }
        else if (errno is not (Errno.ENOENT or Errno.ECONNREFUSED))
        {
            throw new LinuxException("connect to", path, errno);
        }
    }

    private static IReadOnlyList<(string Key, string Value)> OwnerOf(PlanStep step, IStepContext context) =>
        [(OvsPort.RunRootKey, context.Paths.RunRoot), (UplinkKey, step.Arguments["device"])];

    private static LinkInfo Find(NetlinkSocket socket, string name) => socket.FindLink(name) ?? throw new LinuxException("find link", name, Errno.ENODEV);
}
