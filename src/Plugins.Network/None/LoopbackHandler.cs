using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Linux;
using MiniDock.Linux.Netlink;

namespace MiniDock.Plugins.Network.None;

/// <summary>Brings the loopback of a container's network namespace up.</summary>
public sealed class LoopbackHandler : IStepHandler
{
    /// <summary>Index of the loopback in every network namespace.</summary>
    public const int LoopbackIndex = 1;

    private static readonly LinkSettings Up = new() { Up = true };

    /// <inheritdoc/>
    public string Kind => NetworkStepKinds.Loopback;

    /// <summary>The step.</summary>
    public static PlanStep Plan(NetworkRequest request) => new()
    {
        Id = $"net.{request.Index}.loopback",
        Phase = PlanPhase.HostAfter,
        Kind = NetworkStepKinds.Loopback,
        Requires = ["spawn"],
        Why = "a new network namespace has its loopback down",
        ManPage = "network_namespaces(7)",
        Shell = "nsenter -t $PID -n ip link set lo up",
    };

    /// <inheritdoc/>
    public StepValues Apply(PlanStep step, IStepContext context)
    {
        using var home = Namespaces.OpenOf(context.Pid, NamespaceTypes.Network);
        using var socket = NetlinkSocket.OpenIn(home, NetlinkProtocol.Route);
        var batch = new RouteBatch();
        batch.SetLink(LoopbackIndex, Up);
        socket.Execute(batch);
        return StepValues.Empty;
    }

    /// <summary>Nothing: it ends with its namespace.</summary>
    public void Undo(PlanStep step, StepValues? receipt, IStepContext context)
    {
    }
}
