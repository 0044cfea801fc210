using System.Globalization;
using Microsoft.Win32.SafeHandles;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Plan;
using MiniDock.Linux;
using MiniDock.Linux.Netlink;
using MiniDock.Plugins.Network.Links;

namespace MiniDock.Plugins.Network.Nic;

/// <summary>
/// Moves a device of the host into a container's network namespace, and back. The namespace is held by a bind mount meanwhile, whatever
/// becomes of the container's processes and of the engine's: virtual devices die with their namespace, and physical ones come back without name.
/// </summary>
public sealed class NicMoveHandler : IStepHandler
{
    /// <summary>Kind of the step.</summary>
    public const string StepKind = "nic.move";

    /// <inheritdoc/>
    public string Kind => StepKind;

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        var device = step.Arguments["device"];
        var name = step.Arguments["interface"];
        using var inside = Namespaces.OpenOf(context.Pid, NamespaceTypes.Network);
        HeldNamespace.Hold(PathOf(step, context), inside);

        using var socket = NetlinkSocket.Open(NetlinkProtocol.Route);
        var link = socket.FindLink(device) ?? throw new LinuxException("find link", device, Errno.ENODEV);
        Move(socket, link.Index, name, inside);
        using var there = NetlinkSocket.OpenIn(inside, NetlinkProtocol.Route);
        return StepValues.Of(("index", there.FindLink(name)?.Index.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Moves it back under its name and gives it its addresses and routes, then lets go of the namespace.</summary>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
        var path = PathOf(step, context);
        using (var held = HeldNamespace.TryOpen(path))
        {
            if (held is not null && context.ReceiptOf(step.Arguments["state"]) is { } state)
            {
                Return(step, receipt, NicState.From(state), held);
            }
        }

        HeldNamespace.LetGo(path);
    }

    private static void Return(PlanStep step, StepValues? receipt, NicState state, SafeFileHandle inside)
    {
        using var home = Namespaces.OpenOf(null, NamespaceTypes.Network);
        using var socket = NetlinkSocket.Open(NetlinkProtocol.Route);
        using var there = NetlinkSocket.OpenIn(inside, NetlinkProtocol.Route);
        var here = socket.FindLink(state.Name);
        if (Find(there, step, receipt, state) is { } link)
        {
            if (here is not null)
            {
                throw new EngineException($"give back device {state.Name}: EEXIST (the host has another device of this name)", $"rename that: ip link set {state.Name} name NEW");
            }

            Move(there, link.Index, state.Name, home);
            here = socket.FindLink(state.Name);
        }

        // Where an undoing was cut short it is here already. Where it was deleted meanwhile there is nothing to give back.
        if (here is not null)
        {
            state.Restore(socket, here.Index);
        }
    }

    // The index cannot be changed from inside, the name can. Without a receipt nothing has been executed in the container yet, or a process of
    // it has had an instant: the name is the new one or still the host's.
    private static LinkInfo? Find(NetlinkSocket there, PlanStep step, StepValues? receipt, NicState state) =>
        receipt?.Find("index") is { } index
            ? there.FindLink(int.Parse(index, CultureInfo.InvariantCulture))
            : there.FindLink(step.Arguments["interface"]) ?? there.FindLink(state.Name);

    private static void Move(NetlinkSocket socket, int index, string name, SafeFileHandle target)
    {
        var batch = new RouteBatch();
        batch.SetLink(index, new LinkSettings { NewName = name, Namespace = NamespaceReference.Of(target) });
        socket.Execute(batch);
    }

    private static string PathOf(PlanStep step, IStepContext context) =>
        HeldNamespace.PathOf(context.Paths, context.ContainerId, step.Arguments["attachment"]);
}
