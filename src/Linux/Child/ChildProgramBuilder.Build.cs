using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MiniDock.Linux.Child;

public sealed partial class ChildProgramBuilder
{
    /// <summary>
    /// Lays the program out in native memory. It can be started once; the builder can be built once.
    /// </summary>
    /// <exception cref="LinuxException">No control socket could be made.</exception>
    /// <exception cref="InvalidOperationException">A jump leads nowhere.</exception>
    public unsafe ChildProgram Build()
    {
        // A program that runs off its end must not run into the data.
        Add(ChildOperation.Exit, 0, null, null, 0, 0);
        var (parentEnd, childEnd) = ControlSocket.CreatePair();
        int bodyCount = _instructions.Count;
        EmitPrologue((int)childEnd.DangerousGetHandle());
        nuint codeSize = (nuint)(_instructions.Count * sizeof(ChildInstruction));
        nuint slotSize = (nuint)(_slots * sizeof(nint));
        nuint total = (nuint)sizeof(ChildProgramHeader) + codeSize + slotSize + (nuint)_data.Count;

        // SAFETY: the block is exactly as large as its four parts, which follow each other at multiples of eight bytes.
        var block = (byte*)NativeMemory.Alloc(total);
        var header = (ChildProgramHeader*)block;
        *header = default;
        header->Instructions = (ChildInstruction*)(block + sizeof(ChildProgramHeader));
        header->Slots = (nint*)((byte*)header->Instructions + codeSize);
        header->ControlDescriptor = (int)childEnd.DangerousGetHandle();
        new Span<nint>(header->Slots, _slots).Clear();
        header->Slots[0] = header->ControlDescriptor;
        byte* data = (byte*)header->Slots + slotSize;
        CollectionsMarshal.AsSpan(_data).CopyTo(new Span<byte>(data, _data.Count));
        foreach ((int at, int target) in _pointers)
        {
            *(nint*)(data + at) = (nint)(data + target);
        }

        // What was staged last runs first.
        Span<ChildInstruction> staged = CollectionsMarshal.AsSpan(_instructions);
        var code = new Span<ChildInstruction>(header->Instructions, staged.Length);
        int prologueCount = staged.Length - bodyCount;
        staged[bodyCount..].CopyTo(code);
        staged[..bodyCount].CopyTo(code[prologueCount..]);
        for (int n = 0; n < staged.Length; n++)
        {
            Lower(&header->Instructions[n], data, prologueCount);
        }

        return new ChildProgram((nint)block, parentEnd, childEnd, [.. _inherited]);
    }

    private unsafe void Lower(ChildInstruction* instruction, byte* data, int prologueCount)
    {
        if (instruction->Target != 0)
        {
            int place = _labels[instruction->Target - 1];
            instruction->Target = place >= 0
                ? checked((ushort)(prologueCount + place))
                : throw new InvalidOperationException($"label {instruction->Target - 1} was never set");
        }

        nint* arguments = &instruction->A0;
        for (int n = 0; n < ChildInstruction.MostArguments; n++)
        {
            if ((instruction->DataMask >> n & 1) != 0)
            {
                arguments[n] += (nint)data;
            }
        }
    }

    /// <summary>What every child does first: forget the parent's descriptors and signal dispositions. Its signals stay blocked until exec.</summary>
    private void EmitPrologue(int controlDescriptor)
    {
        _step = 0;

        // CLOEXEC would be too late: until its exec the child would hold the sockets of its siblings, whose ends of file
        // say that their programs have been started.
        int next = 3;
        foreach (int keep in _inherited.Select(h => (int)h.DangerousGetHandle()).Append(controlDescriptor).Where(fd => fd > 2).Order().Distinct())
        {
            if (keep > next)
            {
                Call(SystemCalls.CloseRange, next, keep - 1, 0);
            }

            next = keep + 1;
        }

        Call(SystemCalls.CloseRange, next, uint.MaxValue, 0);

        // Handlers are reset by exec, but ignored signals stay ignored: .NET ignores SIGPIPE, nohup SIGHUP.
        Operand byDefault = Reserve(32);
        for (int signal = 1; signal <= 64; signal++)
        {
            if (signal is not (9 or 19))
            {
                Call(SystemCalls.RtSigaction, signal, byDefault, 0, 8);
            }
        }
    }
}
