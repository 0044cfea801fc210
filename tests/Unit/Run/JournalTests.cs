using MiniDock.Abstractions.Plan;
using MiniDock.Engine.Run.Journal;

namespace MiniDock.Tests.Unit.Run;

public sealed class JournalTests : IDisposable
{
    private readonly TemporaryDirectory _run = new();
    private readonly TemporaryDirectory _state = new();

    [Fact]
    public void An_intent_and_its_receipt_are_read_back_as_one_entry()
    {
        var step = Step("net.0.lease") with { Arguments = StepValues.Of(("network", "lab"), ("odd", "a\nb\"c\u00e9")) };
        Write(journal =>
        {
            journal.Intent(step);
            journal.Receipt(step, StepValues.Of(("address", "10.0.0.2/24")));
        });

        var entry = Assert.Single(Read(StepScope.Run));
        Assert.Equal(step.Id, entry.Step.Id);
        Assert.Equal(step.Kind, entry.Step.Kind);
        Assert.Equal("a\nb\"c\u00e9", entry.Step.Arguments["odd"]);
        Assert.Equal("10.0.0.2/24", entry.Receipt!["address"]);
    }

    [Fact]
    public void An_intent_without_receipt_is_an_entry_without_receipt()
    {
        Write(journal => journal.Intent(Step("cgroup.create")));

        Assert.Null(Assert.Single(Read(StepScope.Run)).Receipt);
    }

    [Fact]
    public void Steps_of_the_container_are_journaled_apart_from_those_of_the_run()
    {
        Write(journal =>
        {
            journal.Intent(Step("root.snapshot") with { Scope = StepScope.Container });
            journal.Intent(Step("cgroup.create"));
        });

        Assert.Equal("root.snapshot", Assert.Single(Read(StepScope.Container)).Step.Id);
        Assert.Equal("cgroup.create", Assert.Single(Read(StepScope.Run)).Step.Id);
    }

    [Fact]
    public void Clearing_a_journal_whose_directory_a_cut_removal_took_is_no_error()
    {
        using var journal = new RunJournal(Path.Combine(_run.Path, "gone"), Path.Combine(_state.Path, "gone"));
        journal.Clear(StepScope.Run);
        journal.Clear(StepScope.Container);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    public void A_record_that_was_cut_short_does_not_count(int missingBytes)
    {
        Write(journal =>
        {
            journal.Intent(Step("first"));
            journal.Intent(Step("second"));
        });
        var path = Path.Combine(_run.Path, RunJournal.FileName);
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(file.Length - missingBytes);
        }

        Assert.Equal("first", Assert.Single(Read(StepScope.Run)).Step.Id);
    }

    [Fact]
    public void A_journal_that_is_opened_again_is_continued()
    {
        Write(journal => journal.Intent(Step("first")));
        Write(journal => journal.Intent(Step("second")));

        Assert.Equal(["first", "second"], Read(StepScope.Run).Select(e => e.Step.Id));
    }

    public void Dispose()
    {
        _run.Dispose();
        _state.Dispose();
    }

    private static PlanStep Step(string id) => new() { Id = id, Kind = id, Phase = PlanPhase.HostBefore, Why = "a test" };

    private void Write(Action<RunJournal> write)
    {
        using var journal = new RunJournal(_run.Path, _state.Path);
        write(journal);
    }

    private IReadOnlyList<JournalEntry> Read(StepScope scope)
    {
        using var journal = new RunJournal(_run.Path, _state.Path);
        return journal.Read(scope);
    }
}
