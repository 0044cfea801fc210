using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MiniDock.Linux.Child;

public sealed partial class ChildProgramBuilder
{
    /// <summary>
    /// Lays the program out in native memory. It can be started once; the builder can be built once.
    /// </summary>
    /// <exception cref="LinuxException">No control socket could be made.</exception>
    public unsafe ChildProgram Build()
    {
        // A program that runs off its end must not run into the data.
        Add(ChildOperation.Exit, 0, null, null, 0, 0);
        var (parentEnd, childEnd) = ControlSocket.CreatePair();
        List<StagedInstruction> body = [.. _instructions];
        _instructions.Clear();
        EmitPrologue((int)childEnd.DangerousGetHandle());
        List<StagedInstruction> prologue = [.. _instructions];
        int count = prologue.Count + body.Count;
        nuint codeSize = (nuint)(count * sizeof(ChildInstruction));
        nuint slotSize = (nuint)(_slots * sizeof(nint));
        nuint total = (nuint)sizeof(ChildProgramHeader) + codeSize + slotSize + (nuint)_data.Count;

        // SAFETY: the block is exactly as large as its four parts, which follow each other at multiples of eight bytes.
        var block = (byte*)NativeMemory.AllocZeroed(total);
        var header = (ChildProgramHeader*)block;
        header->Instructions = (ChildInstruction*)(block + sizeof(ChildProgramHeader));
        header->Slots = (nint*)((byte*)header->Instructions + codeSize);
        header->ControlDescriptor = (int)childEnd.DangerousGetHandle();
        header->Slots[0] = header->ControlDescriptor;
        byte* data = (byte*)header->Slots + slotSize;
        CollectionsMarshal.AsSpan(_data).CopyTo(new Span<byte>(data, _data.Count));
        foreach ((int at, int target) in _pointers)
        {
            *(nint*)(data + at) = (nint)(data + target);
        }

        for (int n = 0; n < count; n++)
        {
            bool own = n >= prologue.Count;
            StagedInstruction staged = own ? body[n - prologue.Count] : prologue[n];
            header->Instructions[n] = Lower(staged, data, own ? prologue.Count : 0);
        }

        return new ChildProgram((nint)block, parentEnd, childEnd, [.. _inherited]);
    }

    private unsafe ChildInstruction Lower(StagedInstruction staged, byte* data, int firstInstruction)
    {
        ChildInstruction lowered = new()
        {
            Operation = staged.Operation,
            Step = staged.Step,
            Number = staged.Number,
            Result = staged.Result is { } result ? (int)result.Value : -1,
            Target = firstInstruction + Label(staged.Target),
            ToleratedErrnos = staged.Tolerated,
        };
        nint* arguments = &lowered.A0;
        for (int n = 0; n < staged.Arguments.Length; n++)
        {
            Operand argument = staged.Arguments[n];
            lowered.SlotMask |= argument.Kind == OperandKind.Slot ? 1 << n : 0;
            arguments[n] = argument.Kind == OperandKind.Data ? (nint)(data + argument.Value) : (nint)argument.Value;
        }

        return lowered;
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
        Operand byDefault = Bytes(new byte[32]);
        for (int signal = 1; signal <= 64; signal++)
        {
            if (signal is not (9 or 19))
            {
                Call(SystemCalls.RtSigaction, signal, byDefault, 0, 8);
            }
        }
    }
}
