using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MiniDock.Linux.Child;

/// <summary>
/// The socket between engine and child: one byte each time the child may go on; a <see cref="ChildReport"/> when it failed;
/// the master of its terminal; end of file when it has executed its program.
/// </summary>
internal static unsafe partial class ControlSocket
{
    private const int AfUnix = 1;
    private const int SockSeqpacketCloexec = 5 | 0x80000;
    private const int MsgNoSignal = 0x4000;
    private const int MsgCmsgCloexec = 0x40000000;

    public static (SafeFileHandle Parent, SafeFileHandle Child) CreatePair()
    {
        int* ends = stackalloc int[2];
        return socketpair(AfUnix, SockSeqpacketCloexec, 0, ends) == 0
            ? (new SafeFileHandle(ends[0], true), new SafeFileHandle(ends[1], true))
            : throw LastError("create socket pair", "for the child");
    }

    /// <summary>Lets the child go on. Nothing happens if it has ended: that is seen when its outcome is read.</summary>
    public static void Proceed(SafeFileHandle parentEnd)
    {
        byte go = 1;
        send((int)parentEnd.DangerousGetHandle(), &go, 1, MsgNoSignal);
    }

    /// <summary>Waits for the child's next message: its failure, a descriptor, or neither at the end of file.</summary>
    public static (ChildReport? Failure, SafeFileHandle? Descriptor) Receive(SafeFileHandle parentEnd)
    {
        // SAFETY: all buffers are locals that outlive the call; the control buffer is checked for SOL_SOCKET, SCM_RIGHTS and
        // its length before the descriptor is taken from it.
        ChildReport report = default;
        byte* control = stackalloc byte[24];
        IoVector vector = new() { Base = (nint)(&report), Length = ChildReport.Size };
        MessageHeader message = new() { Vectors = (nint)(&vector), VectorCount = 1 };
        nint received;
        do
        {
            message.Control = (nint)control;
            message.ControlLength = 24;
            received = recvmsg((int)parentEnd.DangerousGetHandle(), &message, MsgCmsgCloexec);
        }
        while (received < 0 && Marshal.GetLastSystemError() == (int)Errno.EINTR);

        if (received < 0 && Marshal.GetLastSystemError() != (int)Errno.ECONNRESET)
        {
            throw LastError("receive from", "the child");
        }

        if (received <= 0)
        {
            return (null, null);
        }

        bool carriesDescriptor = message.ControlLength >= 20 && *(long*)control == 20 && ((int*)control)[2] == 1 && ((int*)control)[3] == 1;
        return carriesDescriptor ? (null, new SafeFileHandle(((int*)control)[4], true)) : (report, null);
    }

    private static LinuxException LastError(string operation, string subject) => new(operation, subject, (Errno)Marshal.GetLastSystemError());

    [LibraryImport("libc")]
    private static partial int socketpair(int domain, int type, int protocol, int* ends);

    [LibraryImport("libc")]
    private static partial nint send(int socket, void* buffer, nuint length, int flags);

    [LibraryImport("libc")]
    private static partial nint recvmsg(int socket, MessageHeader* message, int flags);
}
