namespace MiniDock.Engine.Run.Security;

/// <summary>A compiled filter.</summary>
/// <param name="Instructions"><c>struct sock_filter</c>, eight bytes each.</param>
/// <param name="Flags">SECCOMP_FILTER_FLAG_*.</param>
internal sealed record SeccompFilter(ulong[] Instructions, uint Flags);
