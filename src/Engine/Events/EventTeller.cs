namespace MiniDock.Engine.Events;

/// <summary>
/// Tells the events of one run. A run that leaves nothing behind (<c>run --rm</c> in the foreground) keeps what nobody waits for
/// to itself and tells it all at its end, in one write: its start is what everybody measures.
/// </summary>
/// <param name="log">Where to.</param>
/// <param name="holdsBack">Whether events wait while nobody listens.</param>
public sealed class EventTeller(EventLog log, bool holdsBack)
{
    private readonly List<EngineEvent> _held = [];

    /// <summary>Tells events, or keeps them. The events were made before this is called: a listener that comes in between gets them late.</summary>
    public void Tell(params ReadOnlySpan<EngineEvent> events)
    {
        _held.AddRange(events);
        if (!holdsBack || log.IsListenedTo)
        {
            Flush(_held.Count - events.Length);
        }
    }

    /// <summary>Tells events, and all that was kept.</summary>
    public void End(params ReadOnlySpan<EngineEvent> events)
    {
        _held.AddRange(events);
        Flush(_held.Count - events.Length);
    }

    private void Flush(int late)
    {
        for (var i = 0; i < late; i++)
        {
            _held[i] = _held[i] with { IsLate = true };
        }

        log.Append([.. _held]);
        _held.Clear();
    }
}
