using System.Runtime.InteropServices;

namespace MiniDock.Linux.Child;

/// <summary>One instruction of a child program. Blittable: it lives in native memory, made before the clone.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ChildInstruction
{
    public ChildOperation Operation;

    /// <summary>The plan step that a failure is reported as.</summary>
    public int Step;

    /// <summary>System call number of <see cref="ChildOperation.SystemCall"/>.</summary>
    public int Number;

    /// <summary>Slot of the result, -1 for none.</summary>
    public int Result;

    /// <summary>Bit n: argument n is the number of a slot whose value is meant.</summary>
    public int SlotMask;

    /// <summary>Index of the instruction to jump to.</summary>
    public int Target;

    /// <summary>Bit n: errno n does not fail the step but jumps to <see cref="Target"/>. All ones: any errno.</summary>
    public ulong ToleratedErrnos;

    public nint A0;
    public nint A1;
    public nint A2;
    public nint A3;
    public nint A4;
    public nint A5;
}
