using System.Runtime.CompilerServices;

namespace MiniDock.Linux.Child;

/// <summary>
/// Executes a child program in the forked copy of this process. One method, one loop, no way back.
/// </summary>
/// <remarks>
/// <para>Why this is safe in a copy that has only one of the runtime's threads:</para>
/// <list type="bullet">
/// <item>No allocation, no managed reference, no static, no type initialiser, no exception, no call of a managed method: nothing
/// here can need the collector, a lock or a helper of the runtime that another thread held at the moment of the clone.</item>
/// <item>No safepoint. A P/Invoke ends in a check "is a collection under way?", and so does one with
/// <c>SuppressGCTransition</c> (the JIT puts a poll behind it). If another thread was stopping the world when the memory was
/// copied, that check waits in the child for a collector that does not exist there: the hang seen on a prototype. System calls
/// therefore go through a <i>managed</i> function pointer to libc's <c>syscall</c>. For pointer-sized integers the managed and
/// the C calling convention are the same on x86-64 and arm64, and the JIT emits a bare indirect call: no transition, no poll.</item>
/// <item>No hijacked return. The runtime stops a thread by a signal whose handler replaces a return address on its stack.
/// Signals are blocked in the caller's frame before the clone, pending ones are not inherited, and this method never
/// returns: neither a hijack placed before that nor one for a frame above is ever executed in the child.</item>
/// <item>The clone is without CLONE_VM: what the child does to its copy never shows in the parent, whose thread
/// stays in one piece. While its signals are blocked a collection just waits for it.</item>
/// </list>
/// <para>Under CoreCLR (tests) a method must also be compiled before the clone: see <see cref="ChildProcess"/>.</para>
/// </remarks>
internal static unsafe class ChildInterpreter
{
    /// <summary>Runs <paramref name="header"/>'s program; ends in execve or exit_group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run(ChildProgramHeader* header)
    {
        // SAFETY: all pointers lead into the program's own block, which the builder has laid out and the fork has copied;
        // slot and target numbers were checked by the builder.
        var call = (delegate*<nint, nint, nint, nint, nint, nint, nint, nint>)header->SystemCall;
        nint* slots = header->Slots;
        ChildInstruction* code = header->Instructions;
        int error;
        int attempts = 0;
        while (true)
        {
            ChildInstruction* i = code;
            code++;
            int mask = i->SlotMask;
            nint a0 = (mask & 1) != 0 ? slots[i->A0] : i->A0;
            nint a1 = (mask & 2) != 0 ? slots[i->A1] : i->A1;
            switch (i->Operation)
            {
                case ChildOperation.SystemCall:
                    nint result = call(
                        i->Number,
                        a0,
                        a1,
                        (mask & 4) != 0 ? slots[i->A2] : i->A2,
                        (mask & 8) != 0 ? slots[i->A3] : i->A3,
                        (mask & 16) != 0 ? slots[i->A4] : i->A4,
                        (mask & 32) != 0 ? slots[i->A5] : i->A5);
                    if (result != -1)
                    {
                        if (i->Result >= 0)
                        {
                            slots[i->Result] = result;
                        }

                        continue;
                    }

                    error = *header->Errno;

                    // A rename anywhere in the system may cut short a walk that must not leave its root, openat2(2).
                    if (error == (int)Errno.EAGAIN && i->Number == SystemCalls.Openat2 && ++attempts < MostAttempts)
                    {
                        code = i;
                        continue;
                    }

                    attempts = 0;
                    if (i->ToleratedErrnos == ulong.MaxValue || ((uint)error < 64 && (i->ToleratedErrnos >> error & 1) != 0))
                    {
                        if (i->Result >= 0)
                        {
                            slots[i->Result] = -error;
                        }

                        code = header->Instructions + i->Target;
                        continue;
                    }

                    break;

                case ChildOperation.Jump:
                    code = header->Instructions + i->Target;
                    continue;

                case ChildOperation.JumpIfEqual:
                    code = a0 == a1 ? header->Instructions + i->Target : code;
                    continue;

                case ChildOperation.Set:
                    slots[i->Result] = a0;
                    continue;

                case ChildOperation.Load32:
                    slots[i->Result] = (nint)(*(uint*)a0 & (uint)a1);
                    continue;

                case ChildOperation.Store32:
                    *(int*)a0 = (int)a1;
                    continue;

                case ChildOperation.Clear:
                    for (byte* place = (byte*)a0; place < (byte*)a0 + a1; place++)
                    {
                        // Volatile, or the compiler would make a call of it.
                        Volatile.Write(ref *place, 0);
                    }

                    continue;

                case ChildOperation.ScriptInterpreter:
                    byte* text = (byte*)a0;
                    byte* end = text + a1;
                    slots[i->Result] = 0;
                    if (a1 > 2 && text[0] == '#' && text[1] == '!')
                    {
                        text += 2;
                        while (text < end && (*text == ' ' || *text == '\t'))
                        {
                            text++;
                        }

                        slots[i->Result] = (nint)text;
                        while (text < end && *text != ' ' && *text != '\t' && *text != '\n' && *text != 0)
                        {
                            text++;
                        }

                        *text = 0;
                    }

                    continue;

                case ChildOperation.ExitLikeWaitStatus:
                    nint signal = a0 & 0x7f;
                    call(SystemCalls.ExitGroup, signal == 0 ? a0 >> 8 & 0xff : 128 + signal, 0, 0, 0, 0, 0);
                    continue;

                case ChildOperation.Exit:
                    call(SystemCalls.ExitGroup, a0, 0, 0, 0, 0, 0);
                    continue;

                default:
                    error = (int)a0;
                    break;
            }

            ChildReport report;
            report.Step = i->Step;
            report.Errno = error;
            report.SystemCall = i->Operation == ChildOperation.SystemCall ? i->Number : -1;
            call(SystemCalls.Write, header->ControlDescriptor, (nint)(&report), ChildReport.Size, 0, 0, 0);
            call(SystemCalls.ExitGroup, FailureExitCode, 0, 0, 0, 0, 0);
        }
    }

    private const int MostAttempts = 1000;

    /// <summary>Exit status of a child whose program failed; the cause is in the report.</summary>
    public const int FailureExitCode = 125;
}
