using System.Globalization;
using MiniDock.Abstractions.Plan;
using MiniDock.Linux;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Links;

namespace MiniDock.Plugins.Network.Stacked;

/// <summary>
/// Makes a link on top of a device of the host, in the container's namespace from the first moment on: one message. The namespace is held, so that the link
/// is gone when the run has been undone: left to the end of the namespace, which comes in the kernel's own time, its hardware address, its addresses and,
/// in mode passthru, the device itself would still be taken when the container starts again.
/// </summary>
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
        var (name, parent) = (arguments["interface"], arguments["parent"]);
        var mac = arguments.Find("lease") is { } lease ? context.ReceiptOf(lease)?.Find("mac") : arguments.Find("mac");
        using var inside = Namespaces.OpenOf(context.Pid, NamespaceTypes.Network);
        HeldNamespace.Hold(PathOf(step, context), inside);
        using var socket = NetlinkSocket.Open(NetlinkProtocol.Route);
        var index = socket.FindLink(parent)?.Index ?? throw new LinuxException("find link", parent, Errno.ENODEV);
        var batch = new RouteBatch();
        kind.Add(batch, name, index, arguments["mode"], new LinkSettings
        {
            Namespace = NamespaceReference.Of(inside),
            MtuBytes = arguments.Find("mtu") is { } mtu ? int.Parse(mtu, CultureInfo.InvariantCulture) : null,
            Address = mac is not null && kind.HasOwnMac(arguments["mode"]) && MacAddress.TryParse(mac, out var parsed) ? parsed : null,
        });
        StackedErrors.Execute(socket, batch, parent, kind.Name);
        using var there = NetlinkSocket.OpenIn(inside, NetlinkProtocol.Route);
        return StepValues.Of(("index", there.FindLink(name)?.Index.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Removes the link, whatever its name is by now, and lets go of the namespace.</summary>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        var path = PathOf(step, context);
        using (var held = HeldNamespace.TryOpen(path))
        {
            if (held is not null)
            {
                using var there = NetlinkSocket.OpenIn(held, NetlinkProtocol.Route);
                var batch = new RouteBatch();
                var link = receipt?.Find("index") is { } index ? new LinkReference(int.Parse(index, CultureInfo.InvariantCulture)) : step.Arguments["interface"];
                batch.DeleteLink(link, toleratesMissing: true);
                there.Execute(batch);
            }
        }

        HeldNamespace.LetGo(path);
    }

    private static string PathOf(PlanStep step, IStepContext context) =>
        HeldNamespace.PathOf(context.Paths, context.ContainerId, step.Arguments["attachment"]);
}
