using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Plan;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Run;
using MiniDock.Engine.Run.Journal;

namespace MiniDock.Tests.Unit.Run;

public sealed class PlanReversalTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<string> _calls = [];

    [Fact]
    public void Undo_runs_in_reverse_and_hands_the_receipts_back()
    {
        Apply(Handler("a"), Handler("b"));

        Assert.Empty(Undo(Handler("a"), Handler("b")));
        Assert.Equal(["apply a", "apply b", "undo b of b", "undo a of a"], _calls);
    }

    [Fact]
    public void The_step_that_failed_is_undone_too()
    {
        Assert.Throws<IOException>(() => Apply(Handler("a"), new RecordingHandler("b", _calls) { FailsToApply = true }));

        Undo(Handler("a"), Handler("b"));
        Assert.Equal(["apply a", "apply b", "undo b without receipt", "undo a of a"], _calls);
    }

    [Fact]
    public void A_failure_does_not_stop_the_rest_and_keeps_the_journal()
    {
        Apply(Handler("a"), Handler("b"));

        var failures = Undo(Handler("a"), new RecordingHandler("b", _calls) { FailsToUndo = true });
        Assert.Single(failures);
        Assert.Contains("undo a of a", _calls);

        _calls.Clear();
        Assert.Empty(Undo(Handler("a"), Handler("b")));
        Assert.Equal(["undo b of b", "undo a of a"], _calls);
    }

    [Fact]
    public void Nothing_is_undone_twice()
    {
        Apply(Handler("a"));
        Undo(Handler("a"));
        _calls.Clear();

        Assert.Empty(Undo(Handler("a")));
        Assert.Empty(_calls);
    }

    public void Dispose() => _directory.Dispose();

    private RecordingHandler Handler(string kind) => new(kind, _calls);

    private void Apply(params RecordingHandler[] handlers)
    {
        using var journal = Journal();
        var plan = new RunPlan([.. handlers.Select(h => new PlanStep { Id = h.Kind, Kind = h.Kind, Phase = PlanPhase.HostBefore, Why = "a test" })]);
        new PlanExecutor(new StepHandlers(handlers), journal, Context()).Apply(plan, PlanPhase.HostBefore);
    }

    private IReadOnlyList<Exception> Undo(params RecordingHandler[] handlers)
    {
        using var journal = Journal();
        return new PlanReversal(new StepHandlers(handlers), Context()).Undo(journal, StepScope.Run);
    }

    private RunJournal Journal() => new(_directory.Path, _directory.Path);

    private StepContext Context() => new(ContainerId.New(), new EnginePaths(_directory.Path, _directory.Path));
}
