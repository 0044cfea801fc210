using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Run.Security;

/// <summary>A compiled filter.</summary>
/// <param name="Instructions"><c>struct sock_filter</c>, eight bytes each.</param>
/// <param name="Flags">SECCOMP_FILTER_FLAG_*.</param>
internal sealed record SeccompFilter(ulong[] Instructions, uint Flags);

internal static class SeccompFilters
{
    public static SeccompFilter Of(SecuritySpec security, ulong capabilities) => new([0x7fff000000000006], 0);
}
