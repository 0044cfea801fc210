using Microsoft.Win32.SafeHandles;
using MiniDock.Linux.Native;

namespace MiniDock.Linux;

public static unsafe partial class UnixSockets
{
    private const int MaximumDescriptors = 16;

    /// <summary>Sends bytes and copies of descriptors with them, SCM_RIGHTS, <c>unix(7)</c>. EPIPE instead of SIGPIPE.</summary>
    /// <param name="socket">A connected unix socket.</param>
    /// <param name="data">At least one byte.</param>
    /// <param name="files">At most 16 descriptors, which stay the caller's.</param>
    public static void Send(SafeFileHandle socket, ReadOnlySpan<byte> data, params ReadOnlySpan<SafeFileHandle> files)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(files.Length, MaximumDescriptors);
        byte* control = stackalloc byte[sizeof(CmsgHdr) + (MaximumDescriptors * sizeof(int))];
        using var fd = new FdLease(socket);

        // SAFETY: the control buffer is sized for the largest list; the descriptors are kept open by the caller's handles.
        fixed (byte* p = data)
        {
            var vector = new IoVec { Base = p, Length = (nuint)data.Length };
            var message = new MsgHdr { Vectors = &vector, VectorCount = 1 };
            if (!files.IsEmpty)
            {
                var header = (CmsgHdr*)control;
                header->Length = (nuint)(sizeof(CmsgHdr) + (files.Length * sizeof(int)));
                header->Level = Constants.SolSocket;
                header->Type = Constants.ScmRights;
                int* numbers = (int*)(header + 1);
                for (int i = 0; i < files.Length; i++)
                {
                    ObjectDisposedException.ThrowIf(files[i].IsClosed, files[i]);
                    numbers[i] = (int)files[i].DangerousGetHandle();
                }

                message.Control = control;
                message.ControlLength = (header->Length + 7) & ~(nuint)7;
            }

            nint r;
            do
            {
                r = Libc.sendmsg(fd.Number, &message, Constants.MsgNoSignal);
            }
            while (CallResult.Interrupted(r));

            Files.Check(CallResult.Of(r), "send to", socket);
        }
    }

    /// <summary>Receives bytes and the descriptors that came with them, which are the caller's to close.</summary>
    /// <param name="socket">A connected unix socket.</param>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="count">Bytes received, 0 at the end.</param>
    /// <param name="files">Descriptors received, O_CLOEXEC.</param>
    public static Errno TryReceive(SafeFileHandle socket, Span<byte> buffer, out int count, out SafeFileHandle[] files)
    {
        int controlLength = sizeof(CmsgHdr) + (MaximumDescriptors * sizeof(int));
        byte* control = stackalloc byte[controlLength];
        files = [];
        using var fd = new FdLease(socket);

        // SAFETY: both buffers are pinned or on the stack, with their sizes given.
        fixed (byte* p = buffer)
        {
            var vector = new IoVec { Base = p, Length = (nuint)buffer.Length };
            var message = new MsgHdr { Vectors = &vector, VectorCount = 1, Control = control, ControlLength = (nuint)controlLength };
            nint r;
            do
            {
                r = Libc.recvmsg(fd.Number, &message, Constants.MsgCmsgCloseOnExec);
            }
            while (CallResult.Interrupted(r));

            count = (int)Math.Max(r, 0);
            Errno errno = CallResult.Of(r);
            if (errno == Errno.Success && message.ControlLength >= (nuint)sizeof(CmsgHdr))
            {
                files = Take((CmsgHdr*)control);
            }

            return errno;
        }
    }

    private static SafeFileHandle[] Take(CmsgHdr* header)
    {
        if (header->Level != Constants.SolSocket || header->Type != Constants.ScmRights)
        {
            return [];
        }

        int number = ((int)header->Length - sizeof(CmsgHdr)) / sizeof(int);
        int* numbers = (int*)(header + 1);
        var files = new SafeFileHandle[number];
        for (int i = 0; i < number; i++)
        {
            files[i] = new SafeFileHandle(numbers[i], ownsHandle: true);
        }

        return files;
    }
}
