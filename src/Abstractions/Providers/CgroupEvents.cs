namespace MiniDock.Abstractions.Providers;

/// <summary>Counters of a container's control groups.</summary>
/// <param name="OomKills">Processes that the out-of-memory killer ended.</param>
public sealed record CgroupEvents(long OomKills);
