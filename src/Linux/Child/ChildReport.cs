using System.Runtime.InteropServices;

namespace MiniDock.Linux.Child;

/// <summary>The message by which a child reports its failure over the control socket.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ChildReport
{
    public const int Size = 12;

    public int Step;
    public int Errno;

    /// <summary>Number of the system call that failed, -1 if it was a check.</summary>
    public int SystemCall;
}
