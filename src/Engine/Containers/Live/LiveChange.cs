using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Containers.Store;
using MiniDock.Engine.Run;
using MiniDock.Engine.Run.Journal;

namespace MiniDock.Engine.Containers.Live;

/// <summary>The right to change what a container has, and its journal. What an earlier change has not brought to its end is taken back first.</summary>
internal sealed class LiveChange : IDisposable
{
    private readonly ContainerStore _store;
    private readonly StepHandlers _handlers;
    private readonly RunLock? _run;
    private readonly IDisposable _spec;

    /// <summary>Begins a change, waiting for others.</summary>
    /// <param name="container">The container as it was found.</param>
    /// <param name="store">The containers.</param>
    /// <param name="handlers">Handlers of all steps.</param>
    public LiveChange(Container container, ContainerStore store, StepHandlers handlers)
    {
        (_store, _handlers, Now) = (store, handlers, container);
        _run = RunLock.TryTake(store.Paths, container.Id);
        Journal = store.Journal(container.Id);
        try
        {
            _spec = store.LockSpec(container.Id);
            if (_run is not null)
            {
                TakeBack();
            }

            Now = store.Reread(container);
        }
        catch
        {
            _spec?.Dispose();
            Journal.Dispose();
            _run?.Dispose();
            throw;
        }
    }

    /// <summary>The container as it is.</summary>
    public Container Now { get; }

    /// <summary>Whether it runs.</summary>
    public bool IsLive => _run is not null && Now.IsAlive;

    /// <summary>The journal of its run.</summary>
    public RunJournal Journal { get; }

    /// <summary>What the journal says; nothing where there is no run.</summary>
    public IReadOnlyList<JournalEntry> Entries => _run is null ? [] : Journal.Read(StepScope.Run);

    /// <summary>Undoes what has not come to its end.</summary>
    public void TakeBack() => Undo(IsUnfinished(Journal.Read(StepScope.Run)));

    /// <summary>Undoes some steps, and takes them out of the journal.</summary>
    /// <exception cref="Abstractions.EngineException">Something is left; exit code 1.</exception>
    public void Undo(Func<PlanStep, bool> isMeant)
    {
        var entries = Entries.Where(e => isMeant(e.Step)).ToList();
        if (entries.Count == 0)
        {
            return;
        }

        if (new PlanReversal(_handlers, new StepContext(Now.Id, _store.Paths)).Undo(entries) is { Count: > 0 } failures)
        {
            throw PlanReversal.Error($"take back from container {Now.Id.Short}", failures, "the same command tries it again", exitCode: 1);
        }

        Journal.Forget(isMeant);
    }

    /// <summary>Which steps belong to a change that has not come to its end.</summary>
    public static Func<PlanStep, bool> IsUnfinished(IReadOnlyList<JournalEntry> journal)
    {
        var begun = journal.Where(e => LiveSteps.IsOfChange(e.Step)).Select(e => e.Step.Arguments.Find("steps")).OfType<string>().ToList();
        return step => LiveSteps.IsOfChange(step) || begun.Exists(prefix => step.Id.StartsWith(prefix, StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _spec.Dispose();
        Journal.Dispose();
        _run?.Dispose();
    }
}
