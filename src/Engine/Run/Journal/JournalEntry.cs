using MiniDock.Abstractions.Plan;

namespace MiniDock.Engine.Run.Journal;

/// <summary>A step that a journal names, and the receipt of its application where it got that far.</summary>
/// <param name="Step">The step as it was planned.</param>
/// <param name="Receipt">What its application returned; null when it was cut short.</param>
public sealed record JournalEntry(PlanStep Step, StepValues? Receipt);
