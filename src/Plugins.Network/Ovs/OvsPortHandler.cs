using System.Globalization;
using MiniDock.Abstractions.Plan;
using MiniDock.Linux;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Links;
using MiniDock.Plugins.Network.Ovs.Database;

namespace MiniDock.Plugins.Network.Ovs;

/// <summary>Makes the veth pair of a container and its host's end a port of a switch, in one transaction.</summary>
public sealed class OvsPortHandler : IStepHandler
{
    /// <summary>Kind of the step.</summary>
    public const string StepKind = "ovs.port";

    private static readonly LinkSettings Up = new() { Up = true };

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var arguments = step.Arguments;
        int? mtu = arguments.Find("mtu") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
        var near = Up with { MtuBytes = mtu };
        MacAddress? mac = arguments.Find("lease") is { } lease && MacAddress.TryParse(context.ReceiptOf(lease)?.Find("mac") ?? "", out var leased) ? leased : null;
        var far = new LinkSettings { Address = mac, MtuBytes = mtu, Namespace = NamespaceReference.OfPid(context.Pid) };
        using var socket = NetlinkSocket.Open(NetlinkProtocol.Route);
        var name = VethPair.Create(socket, context.ContainerId, int.Parse(arguments["attachment"], CultureInfo.InvariantCulture), near, arguments["interface"], far);
        using var switches = new OvsSwitches(OvsdbConnection.Open(arguments["socket"]));
        switches.Add(OvsPort.Of(step, context, name), context.Paths);
        return StepValues.Of(("host", name));
    }

    /// <summary>Makes the port again: the switch was deleted, and made again.</summary>
    public void Mend(PlanStep step, StepValues receipt, IStepContext context)
    {
        var port = OvsPort.Of(step, context, receipt["host"]);
        using var switches = new OvsSwitches(OvsdbConnection.Open(step.Arguments["socket"]));
        if (!switches.HasPort(port.Owner))
        {
            switches.Add(port, context.Paths);
            switches.WaitUntilTakenUp(port.Device);
        }
    }

    /// <summary>Takes away every port that the database has under the container's id, whatever the receipt. The pair itself ends with the namespace.</summary>
    /// <remarks>Where Open vSwitch does not run, nothing passes through the port; its row goes with the next port of this engine.</remarks>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        var connection = OvsdbConnection.TryOpen(step.Arguments["socket"], out var errno);
        if (connection is null && errno is Errno.ENOENT or Errno.ECONNREFUSED)
        {
            return;
        }

        using var switches = new OvsSwitches(connection ?? OvsdbConnection.Open(step.Arguments["socket"]));
        switches.RemovePorts(OvsPort.OwnerOf(context.Paths, context.ContainerId, step.Arguments["attachment"]));
    }
}
