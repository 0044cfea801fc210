using MiniDock.Abstractions.Plan;

namespace MiniDock.Engine.Containers;

/// <summary>How a run ended.</summary>
/// <param name="ExitCode">As docker's: the process's own, 128+N when killed by signal N; 0 for a dry run.</param>
/// <param name="OomKilled">Whether the out-of-memory killer ended a process of it.</param>
/// <param name="Plan">The plan that was run.</param>
public sealed record RunResult(int ExitCode, bool OomKilled, RunPlan Plan);
