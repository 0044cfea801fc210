using System.Runtime.InteropServices;

namespace MiniDock.Linux.Child;

/// <summary>Start of a child program's native block: everything that the interpreter may touch.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ChildProgramHeader
{
    /// <summary>libc's <c>syscall</c>.</summary>
    public void* SystemCall;

    /// <summary>The calling thread's errno; thread-local, and at the same address in the forked copy.</summary>
    public int* Errno;

    public ChildInstruction* Instructions;
    public nint* Slots;

    /// <summary>The child's end of the control socket: failures are reported on it.</summary>
    public int ControlDescriptor;
    public int Reserved;
}
