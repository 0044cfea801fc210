using MiniDock.Abstractions;
using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Events;
using MiniDock.Engine.Run;
using MiniDock.Engine.Run.Journal;
using MiniDock.Linux;

namespace MiniDock.Engine.Containers.Networks;

/// <summary>Attaches containers to networks and detaches them, also while they run. Connecting happens as a whole or not at all: its steps are in the journal
/// of the run, where those of the attachment stay. A disconnection that was cut short is carried on by the same command.</summary>
public sealed class ContainerNetworks(ContainerStore store, StepHandlers handlers, ProviderSet providers, HostFacts host)
{
    private readonly AttachmentUndoing _undoing = new(store.Paths, handlers);

    /// <summary>Attaches a container.</summary>
    /// <param name="container">The container as it was found.</param>
    /// <param name="attachment">The attachment; without a <c>name</c> the interface gets the next free one.</param>
    /// <exception cref="EngineException">It cannot be; nothing has changed. Exit code 1.</exception>
    public void Connect(Container container, AttachmentSpec attachment)
    {
        using var run = RunLock.TryTake(store.Paths, container.Id);
        using var journal = store.Journal(container.Id);
        using var held = store.LockSpec(container.Id);
        var now = Settled(container, journal, run is not null);
        var spec = now.Spec;
        CheckNew(spec, attachment);
        attachment = Named(spec, attachment);
        if (run is null || !now.IsAlive)
        {
            Validate(Request(spec, attachment, spec.Networks.Count));
            store.WriteSpec(spec with { Networks = [.. spec.Networks, attachment] });
        }
        else
        {
            ConnectLive(now, attachment, journal);
            Tell("connect", store.Reread(container), attachment.Options["name"]);
        }

    }

    /// <summary>Detaches a container.</summary>
    /// <param name="container">The container as it was found.</param>
    /// <param name="attachment">What it was attached by; only provider and instance count.</param>
    /// <exception cref="EngineException">It is not attached, or something is left behind. Exit code 1.</exception>
    public void Disconnect(Container container, AttachmentSpec attachment)
    {
        using var run = RunLock.TryTake(store.Paths, container.Id);
        using var journal = store.Journal(container.Id);
        using var held = store.LockSpec(container.Id);
        var now = Settled(container, journal, run is not null);
        var spec = now.Spec;
        var named = spec.Networks.Select((a, i) => WithName(a, Request(spec, a, i).InterfaceName)).ToList();
        var found = named.FindIndex(a => a.Head == attachment.Head);
        if (found < 0)
        {
            throw new EngineException(
                $"container {spec.Name} on {attachment.NetworkName}: ENOENT (not attached)", $"it is attached to {string.Join(", ", named.Select(a => a.NetworkName))}", exitCode: 1);
        }

        CheckSeparate(spec);
        if (run is not null && now.IsAlive)
        {
            var name = named[found].Options["name"];
            var entries = ConnectionSteps.OfInterface(journal.Read(StepScope.Run), name);
            _undoing.Undo(container.Id, now.State, entries, name);
            journal.Forget(step => entries.Exists(e => e.Step.Id == step.Id));
            PassOnDefaultRoute(now, [.. named.Where((_, i) => i != found)]);
            Tell("disconnect", now, name);
            new EndpointHandler(store).Remove(container.Id, name);
        }

        // Interfaces keep their names, also those that had them from their place.
        store.WriteSpec(spec with { Networks = [.. named.Where((_, i) => i != found)] });
    }

    private void Tell(string action, Container container, string name) => store.Events.Append(
        NetworkEvents.Of(action, container.Spec, [.. container.State.Networks.Where(n => n.Interface == name)], store.Paths));

    // As a start without the attachment would set it.
    private void PassOnDefaultRoute(Container now, IReadOnlyList<AttachmentSpec> left)
    {
        var spec = now.Spec with { Networks = left };
        for (var i = 0; i < left.Count; i++)
        {
            var name = left[i].Options["name"];
            if (Request(spec, left[i], i).IsDefaultRoute && left[i].Options.GetValueOrDefault("gw") != "none")
            {
                _undoing.AddDefaultRoute(now.State, name, [.. now.State.Networks.Where(n => n.Interface == name)]);
            }
        }
    }

    /// <summary>Makes again what others have undone of the attachments of running containers.</summary>
    /// <param name="isMeant">Which steps of theirs.</param>
    /// <exception cref="EngineException">It cannot be made again. Exit code 1.</exception>
    public void Mend(Predicate<PlanStep> isMeant)
    {
        foreach (var container in store.ListActive())
        {
            using var run = RunLock.TryTake(store.Paths, container.Id);
            using var journal = store.Journal(container.Id);
            if (run is null || !store.Reread(container).IsAlive)
            {
                continue;
            }

            var context = new StepContext(container.Id, store.Paths);
            foreach (var (step, receipt) in journal.Read(StepScope.Run))
            {
                if (receipt is not null && isMeant(step))
                {
                    handlers.Find(step.Kind)?.Mend(step, receipt, context);
                }
            }
        }
    }

    private static AttachmentSpec WithName(AttachmentSpec attachment, string name) =>
        attachment with { Options = new Dictionary<string, string>(attachment.Options) { ["name"] = name } };

    private Container Settled(Container container, RunJournal journal, bool hasRun)
    {
        if (hasRun)
        {
            TakeBack(container.Id, container.State, journal);
        }

        return store.Reread(container);
    }

    private void ConnectLive(Container now, AttachmentSpec attachment, RunJournal journal)
    {
        var spec = now.Spec;
        var index = ConnectionSteps.NextIndex(journal.Read(StepScope.Run), spec.Networks.Count);
        var request = Request(spec, attachment, index);
        var provider = Validate(request);
        var plan = new RunPlan([
            AttachmentChangeHandler.Plan(attachment, index), .. provider.Plan(request), EndpointHandler.Plan(attachment.Options["name"])]);
        var context = new StepContext(spec.Id, store.Paths) { Pid = now.State.Pid };
        var executor = new PlanExecutor(handlers, journal, context);
        try
        {
            executor.Apply(plan, PlanPhase.HostBefore);
            executor.Apply(plan, PlanPhase.HostAfter);
            if (!FirstProcess.Of(now.State).IsAlive)
            {
                throw new EngineException($"container {spec.Name}: ESRCH (it ended meanwhile)", exitCode: 1);
            }
        }
        catch (Exception e) when (e is EngineException or LinuxException or IOException)
        {
            TakeBack(spec.Id, now.State, journal);
            throw new EngineException(e.Message, (e as EngineException)?.Hint ?? (e as LinuxException)?.Hint, 1, e);
        }

        // From here on it has happened; the attachment's own steps stay for the end of the run.
        journal.Forget(step => step.Id.StartsWith(ConnectionSteps.Prefix, StringComparison.Ordinal));
    }

    private void TakeBack(ContainerId id, ContainerState state, RunJournal journal)
    {
        var begun = journal.Read(StepScope.Run).SkipWhile(e => e.Step.Id != AttachmentChangeHandler.StepId).ToList();
        if (begun.Count == 0)
        {
            return;
        }

        var arguments = begun[0].Step.Arguments;
        var entries = begun.FindAll(e => e.Step.Id.StartsWith(ConnectionSteps.Prefix, StringComparison.Ordinal)
            || e.Step.Id.StartsWith(arguments["steps"], StringComparison.Ordinal));
        _undoing.Undo(id, state, entries, arguments["option.name"]);
        journal.Forget(step => entries.Exists(e => e.Step.Id == step.Id));
    }

    private INetworkProvider Validate(NetworkRequest request)
    {
        var attachment = request.Attachment;
        var provider = providers.Network(attachment.Provider)
            ?? throw new EngineException($"network {attachment.Provider}: not found", $"providers here: {string.Join(' ', providers.NetworkNames)}", 1);
        // Before the interface's name is looked at, which such a network does not take.
        if (attachment.Provider == "none" || provider.Namespace(request) is not null)
        {
            throw new EngineException($"network {attachment.Head}: EINVAL (a whole namespace cannot be attached later)", "give it to run", 1);
        }

        if (provider.Validate(request).ToList() is { Count: > 0 } problems)
        {
            throw EngineException.Of(problems, exitCode: 1);
        }

        return provider;
    }

    private void CheckNew(ContainerSpec spec, AttachmentSpec attachment)
    {
        CheckSeparate(spec);
        if (spec.Networks.Any(a => a.Head == attachment.Head))
        {
            throw new EngineException(
                $"container {spec.Name} on {attachment.NetworkName}: EEXIST (attached already)", $"minidock network disconnect {attachment.NetworkName} {spec.Name}", 1);
        }
    }

    // As docker: what has no network by wish, or shares one, gets no interfaces.
    private void CheckSeparate(ContainerSpec spec)
    {
        if (spec.Networks is [var only] && (only.Provider == "none" || providers.Network(only.Provider)?.Namespace(Request(spec, only, 0)) is not null))
        {
            throw new EngineException($"container {spec.Name} with --net {only}: EINVAL (its interfaces are not its own)", "make it with another --net", 1);
        }
    }

    private AttachmentSpec Named(ContainerSpec spec, AttachmentSpec attachment)
    {
        if (attachment.Options.ContainsKey("name"))
        {
            return attachment;
        }

        var taken = spec.Networks.Select((a, i) => Request(spec, a, i).InterfaceName).ToHashSet();
        var number = 0;
        while (taken.Contains($"eth{number}"))
        {
            number++;
        }

        return WithName(attachment, $"eth{number}");
    }

    // Numbers of attachments are given once in a run: those that are no more are filled up by nameless ones. Ports are published already.
    private NetworkRequest Request(ContainerSpec spec, AttachmentSpec attachment, int index)
    {
        if (index < spec.Networks.Count)
        {
            return new NetworkRequest(attachment, index, spec, host, store.Paths);
        }

        var gap = new AttachmentSpec("none", null, new Dictionary<string, string> { ["name"] = "" });
        var planned = spec.Networks.Count > 0 || attachment.Options.ContainsKey("default")
            ? attachment
            : attachment with { Options = new Dictionary<string, string>(attachment.Options) { ["default"] = "true" } };
        var networks = spec.Networks.Concat(Enumerable.Repeat(gap, index - spec.Networks.Count)).Append(planned).ToList();
        return new NetworkRequest(planned, index, spec with { Networks = networks, Ports = [] }, host, store.Paths);
    }
}
