using System.Net;
using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Run;
using MiniDock.Engine.Run.Journal;
using MiniDock.Linux;
using MiniDock.Linux.Netlink;

namespace MiniDock.Engine.Containers.Networks;

/// <summary>Undoes one attachment of a container that goes on: what providers leave to the end of the namespace is done here.</summary>
internal sealed class AttachmentUndoing(EnginePaths paths, StepHandlers handlers)
{
    /// <summary>Undoes steps: first what was done to the container, then the interface itself where it is still there, then what was taken on the host.</summary>
    /// <exception cref="EngineException">Something is left behind.</exception>
    public void Undo(ContainerId id, ContainerState state, List<JournalEntry> entries, string interfaceName)
    {
        var context = new StepContext(id, paths);
        entries.ForEach(e => context.Add(e.Step, e.Receipt ?? StepValues.Empty));
        var reversal = new PlanReversal(handlers, context);
        var failures = reversal.Undo(entries.FindAll(e => e.Step.Phase == PlanPhase.HostAfter)).ToList();
        if (failures.Count == 0)
        {
            Unplug(state, interfaceName);
            failures.AddRange(reversal.Undo(entries.FindAll(e => e.Step.Phase == PlanPhase.HostBefore)));
        }

        if (failures.Count > 0)
        {
            throw PlanReversal.Error($"detach {interfaceName} of container {id.Short}", failures, "the same command tries it again", exitCode: 1);
        }
    }

    /// <summary>Lets an interface that stays carry the default route, where nothing does.</summary>
    /// <param name="state">The container's state.</param>
    /// <param name="interfaceName">The interface.</param>
    /// <param name="endpoints">What is known of it.</param>
    public void AddDefaultRoute(ContainerState state, string interfaceName, IReadOnlyList<NetworkEndpoint> endpoints) => Inside(state, socket =>
    {
        if (socket.FindLink(interfaceName) is { } link)
        {
            var batch = new RouteBatch();
            foreach (var gateway in endpoints.SelectMany(e => new[] { e.Gateway, e.Gateway6 }).OfType<string>().Distinct())
            {
                batch.AddRoute(null, 0, IPAddress.Parse(gateway), link.Index, toleratesExisting: true);
            }

            socket.Execute(batch);
        }
    });

    private static void Unplug(ContainerState state, string name) => Inside(state, socket =>
    {
        var batch = new RouteBatch();
        batch.DeleteLink(name, toleratesMissing: true);
        socket.Execute(batch);
    });

    private static void Inside(ContainerState state, Action<NetlinkSocket> act)
    {
        if (state.Pid == 0 || Namespaces.TryOpenOf(state.Pid, NamespaceTypes.Network, out var inside) != Errno.Success)
        {
            return;
        }

        // Opened before the process is looked at: if that is still the one, so is the namespace.
        using (inside)
        {
            if (FirstProcess.Of(state).IsAlive)
            {
                using var socket = NetlinkSocket.OpenIn(inside, NetlinkProtocol.Route);
                act(socket);
            }
        }
    }
}
