namespace MiniDock.Abstractions.Model;

/// <summary>One limit of setrlimit(2).</summary>
/// <param name="Name">Name without prefix, lower case: <c>nofile</c>, <c>nproc</c>.</param>
/// <param name="Soft">Soft limit; <see cref="ulong.MaxValue"/> is unlimited.</param>
/// <param name="Hard">Hard limit; <see cref="ulong.MaxValue"/> is unlimited.</param>
public sealed record Rlimit(string Name, ulong Soft, ulong Hard);
