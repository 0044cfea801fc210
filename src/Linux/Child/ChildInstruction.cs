using System.Runtime.InteropServices;

namespace MiniDock.Linux.Child;

/// <summary>One instruction of a child program. Blittable: it lives in native memory, made before the clone.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ChildInstruction
{
    /// <summary>Most arguments of an instruction.</summary>
    public const int MostArguments = 6;

    /// <summary>Bit n: errno n does not fail the step but jumps to <see cref="Target"/>. All ones: any errno.</summary>
    public ulong ToleratedErrnos;

    public nint A0;
    public nint A1;
    public nint A2;
    public nint A3;
    public nint A4;
    public nint A5;

    /// <summary>System call number of <see cref="ChildOperation.SystemCall"/>.</summary>
    public short Number;

    /// <summary>Slot of the result, -1 for none.</summary>
    public short Result;

    /// <summary>The plan step that a failure is reported as.</summary>
    public ushort Step;

    /// <summary>Index of the instruction to jump to; while it is staged, number of its label plus one, 0 for none.</summary>
    public ushort Target;

    public ChildOperation Operation;

    /// <summary>Bit n: argument n is the number of a slot whose value is meant.</summary>
    public byte SlotMask;

    /// <summary>Bit n: argument n is an offset in the data; only while it is staged.</summary>
    public byte DataMask;
}
