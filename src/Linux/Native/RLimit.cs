namespace MiniDock.Linux.Native;

/// <summary><c>struct rlimit</c> of 64-bit systems.</summary>
internal struct RLimit
{
    public ulong Soft;
    public ulong Hard;
}
