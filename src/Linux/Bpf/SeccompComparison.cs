namespace MiniDock.Linux.Bpf;

/// <summary>How an argument is compared, as unsigned 64 bit number.</summary>
public enum SeccompComparison
{
    NotEqual,
    Less,
    LessOrEqual,
    Equal,
    GreaterOrEqual,
    Greater,

    /// <summary>Argument and mask equals the value.</summary>
    MaskedEqual,
}
