using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MiniDock.Linux.Child;

/// <summary>A child program in native memory with its control socket, ready for one <see cref="ChildProcess.Start"/>.</summary>
public sealed unsafe class ChildProgram : SafeHandle
{
    private readonly SafeHandle[] _inherited;

    internal ChildProgram(nint block, SafeFileHandle parentEnd, SafeFileHandle childEnd, SafeHandle[] inherited)
        : base(0, ownsHandle: true)
    {
        SetHandle(block);
        ParentEnd = parentEnd;
        ChildEnd = childEnd;
        _inherited = inherited;
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    internal ChildProgramHeader* Header => (ChildProgramHeader*)handle;

    /// <summary>The engine's end of the control socket.</summary>
    internal SafeFileHandle ParentEnd { get; }

    /// <summary>The child's end.</summary>
    internal SafeFileHandle ChildEnd { get; }

    /// <summary>Set by the first start: a program's slots are used up by it.</summary>
    internal bool Started { get; set; }

    /// <summary>Keeps the inherited descriptors open across the clone.</summary>
    internal void KeepAlive() => GC.KeepAlive(_inherited);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        ChildEnd.Dispose();
        if (!Started)
        {
            ParentEnd.Dispose();
        }

        return true;
    }
}
