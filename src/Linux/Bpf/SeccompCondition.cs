namespace MiniDock.Linux.Bpf;

/// <summary>A condition on an argument of a system call.</summary>
/// <param name="Argument">Which, 0 to 5.</param>
/// <param name="Comparison">How.</param>
/// <param name="Value">With what.</param>
/// <param name="Mask">For <see cref="SeccompComparison.MaskedEqual"/>.</param>
public sealed record SeccompCondition(int Argument, SeccompComparison Comparison, ulong Value, ulong Mask = ulong.MaxValue)
{
    /// <summary>Whether an argument meets it.</summary>
    public bool Holds(ulong argument) => Comparison switch
    {
        SeccompComparison.NotEqual => argument != Value,
        SeccompComparison.Less => argument < Value,
        SeccompComparison.LessOrEqual => argument <= Value,
        SeccompComparison.Equal => argument == Value,
        SeccompComparison.GreaterOrEqual => argument >= Value,
        SeccompComparison.Greater => argument > Value,
        _ => (argument & Mask) == Value,
    };
}
