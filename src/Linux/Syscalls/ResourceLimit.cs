namespace MiniDock.Linux;

/// <summary>A soft and a hard limit, <c>getrlimit(2)</c>. <see cref="Infinity"/> means none.</summary>
public readonly record struct ResourceLimit(ulong Soft, ulong Hard)
{
    public const ulong Infinity = ulong.MaxValue;
}
