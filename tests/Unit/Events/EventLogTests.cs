using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Events;
using MiniDock.Tests.Unit.Run;

namespace MiniDock.Tests.Unit.Events;

public sealed class EventLogTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly EnginePaths _paths;

    public EventLogTests() => _paths = new EnginePaths("/nowhere", _directory.Path);

    private string Current => Path.Combine(_paths.RunRoot, "events/log");

    [Fact]
    public void An_event_is_read_as_it_was_told()
    {
        var told = new EngineEvent(EngineEvent.Container, "exec_create: sh -c \"x\"\n", "abc", [new("name", "zion"), new("ü", "\u001b")]);
        new EventLog(_paths).Append(told);

        var read = Assert.Single(History());

        Assert.Equal(told with { Attributes = [] }, read with { Attributes = [] });
        Assert.Equal(told.Attributes, read.Attributes);
    }

    [Fact]
    public void A_line_that_was_spoiled_hides_no_other()
    {
        var log = new EventLog(_paths);
        log.Append(Event("one"));
        File.AppendAllText(Current, "{\"ticks\":12,\"ty\n[]\nnull\n\n");
        log.Append(Event("two"));

        Assert.Equal(["one", "two"], History().Select(e => e.Action));
    }

    [Fact]
    public void Half_a_line_is_read_once_it_is_whole()
    {
        new EventLog(_paths).Append(Event("one"));
        var line = File.ReadAllText(Current);
        using var listener = new EventListener(_paths, history: false);

        File.AppendAllText(Current, line[..20]);
        Assert.Empty(listener.Read());
        File.AppendAllText(Current, line[20..]);

        Assert.Single(listener.Read());
    }

    [Fact]
    public void A_writer_that_opened_the_log_before_it_was_put_aside_is_still_heard()
    {
        new EventLog(_paths).Append(Event("one"));
        var line = File.ReadAllBytes(Current);
        using var listener = new EventListener(_paths, history: false);
        using var late = new FileStream(Current, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        File.Move(Current, Current + ".1");
        new EventLog(_paths).Append(Event("two"));
        Assert.Equal("two", Assert.Single(listener.Read()).Action);

        late.Write(line);
        late.Flush();

        Assert.Equal("one", Assert.Single(listener.Read()).Action);
    }

    [Fact]
    public void What_is_held_back_is_told_when_somebody_comes_and_is_late()
    {
        var log = new EventLog(_paths);
        var teller = new EventTeller(log, holdsBack: true);
        teller.Tell(Event("create"));
        Assert.False(File.Exists(Current));

        using var listener = new EventListener(_paths, history: false);
        teller.Tell(Event("start"));

        Assert.Equal("start", Assert.Single(listener.Read()).Action);
        Assert.Equal([("create", true), ("start", false)], History().Select(e => (e.Action, e.IsLate)));
    }

    [Theory]
    [InlineData("/proc/nowhere")]
    [InlineData("/dev/null/run")]
    public void What_cannot_be_told_fails_nothing(string runRoot) => new EventLog(new EnginePaths("/nowhere", runRoot)).Append(Event("one"));

    [Fact]
    public void The_mark_of_a_killed_listener_is_taken_away_by_the_next()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Current)!);
        File.WriteAllText(Path.Combine(_paths.RunRoot, "events/listening"), "");
        var log = new EventLog(_paths);
        Assert.True(log.IsListenedTo);

        new EventListener(_paths, history: false).Dispose();

        Assert.False(log.IsListenedTo);
    }

    public void Dispose() => _directory.Dispose();

    private static EngineEvent Event(string action) => new(EngineEvent.Container, action, "abc", []);

    private List<EngineEvent> History()
    {
        using var listener = new EventListener(_paths, history: true);
        return listener.Read();
    }
}
