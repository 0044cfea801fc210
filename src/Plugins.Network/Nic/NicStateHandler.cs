using MiniDock.Abstractions.Plan;
using MiniDock.Linux;
using MiniDock.Linux.Netlink;

namespace MiniDock.Plugins.Network.Nic;

/// <summary>Writes down what a device of the host is, before anything is done to it.</summary>
public sealed class NicStateHandler : IStepHandler
{
    /// <summary>Kind of the step.</summary>
    public const string StepKind = "nic.state";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        using var socket = NetlinkSocket.Open(NetlinkProtocol.Route);
        var device = step.Arguments["device"];
        var link = socket.FindLink(device) ?? throw new LinuxException("find link", device, Errno.ENODEV);
        return NicState.Of(socket, link).ToValues();
    }

    /// <summary>Nothing: it only looked.</summary>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
    }
}
