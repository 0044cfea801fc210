namespace MiniDock.Linux.Bpf;

/// <summary>The rules of one interface. A call takes the first of its rules whose conditions hold, conditional ones first, else the default.</summary>
/// <param name="Table">The interface.</param>
/// <param name="Rules">The rules.</param>
/// <param name="Default">What happens to all other calls that the table knows.</param>
/// <param name="Unknown">What happens to calls beyond the table: newer kernels have them.</param>
public sealed record SeccompRules(SyscallTable Table, IReadOnlyList<SeccompRule> Rules, SeccompAction Default, SeccompAction Unknown)
{
    /// <summary>The rules of each call that has some, in the order in which they are tried.</summary>
    internal IEnumerable<(uint Call, IReadOnlyList<SeccompRule> Rules)> ByCall() =>
        Rules.GroupBy(r => r.Call).OrderBy(g => g.Key).Select(g => (g.Key, Ordered(g)));

    private static IReadOnlyList<SeccompRule> Ordered(IEnumerable<SeccompRule> rules)
    {
        var ordered = rules.OrderBy(r => r.Conditions.Count == 0).ToList();
        int last = ordered.FindIndex(r => r.Conditions.Count == 0);
        return last < 0 ? ordered : ordered[..(last + 1)];
    }
}
