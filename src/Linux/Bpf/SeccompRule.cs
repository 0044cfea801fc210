namespace MiniDock.Linux.Bpf;

/// <summary>What happens to a system call when all conditions hold.</summary>
/// <param name="Call">Its number.</param>
/// <param name="Action">What happens.</param>
/// <param name="Conditions">All must hold; empty: always.</param>
public sealed record SeccompRule(uint Call, SeccompAction Action, IReadOnlyList<SeccompCondition> Conditions);
