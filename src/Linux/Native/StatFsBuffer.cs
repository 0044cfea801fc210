using System.Runtime.InteropServices;

namespace MiniDock.Linux.Native;

/// <summary><c>struct statfs</c> of 64-bit kernels, 120 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Size = 120)]
internal struct StatFsBuffer
{
    public long Type;
    public long BlockSize;
    public ulong Blocks;
    public ulong BlocksFree;
    public ulong BlocksAvailable;
    public ulong Files;
    public ulong FilesFree;
    public ulong Id;
    public long NameLength;
    public long FragmentSize;
    public long Flags;
}
