using System.Globalization;
using MiniDock.Abstractions.Plan;
using MiniDock.Linux;
using MiniDock.Linux.Netlink;

namespace MiniDock.Plugins.Network.Stacked;

/// <summary>Makes a link on top of a device of the host, in the container's namespace from the first moment on: one message.</summary>
public sealed class StackedLinkHandler : IStepHandler
{
    /// <summary>Kind of the step.</summary>
    public const string StepKind = "stacked.link";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var arguments = step.Arguments;
        var kind = StackedKind.Find(arguments["type"])!;
        var parent = arguments["parent"];
        var mac = arguments.Find("lease") is { } lease ? context.ReceiptOf(lease)?.Find("mac") : arguments.Find("mac");
        using var inside = Namespaces.OpenOf(context.Pid, NamespaceTypes.Network);
        using var socket = NetlinkSocket.Open(NetlinkProtocol.Route);
        var index = socket.FindLink(parent)?.Index ?? throw new LinuxException("find link", parent, Errno.ENODEV);
        var batch = new RouteBatch();
        kind.Add(batch, arguments["interface"], index, arguments["mode"], new LinkSettings
        {
            Namespace = NamespaceReference.Of(inside),
            MtuBytes = arguments.Find("mtu") is { } mtu ? int.Parse(mtu, CultureInfo.InvariantCulture) : null,
            Address = mac is not null && kind.HasOwnMac(arguments["mode"]) && MacAddress.TryParse(mac, out var parsed) ? parsed : null,
        });
        StackedErrors.Execute(socket, batch, parent, kind.Name);
        return StepValues.Empty;
    }

    /// <summary>Nothing: it ends with its namespace.</summary>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
    }
}
