using System.Runtime.InteropServices;

namespace MiniDock.Linux.Native;

/// <summary>The part of <c>siginfo_t</c> that <c>waitid(2)</c> fills, 128 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct SigInfo
{
    [FieldOffset(0)]
    public int Signal;

    [FieldOffset(8)]
    public int Code;

    [FieldOffset(16)]
    public int Pid;

    [FieldOffset(20)]
    public uint Uid;

    [FieldOffset(24)]
    public int Status;
}
