using Microsoft.Win32.SafeHandles;
using MiniDock.Linux.Native;

namespace MiniDock.Linux;

/// <summary>Pipes.</summary>
public static unsafe class Pipes
{
    /// <summary>A pipe, <c>pipe2(2)</c>; both ends are O_CLOEXEC and the caller's.</summary>
    /// <param name="nonBlocking">O_NONBLOCK on both ends.</param>
    public static (SafeFileHandle Read, SafeFileHandle Write) Create(bool nonBlocking = false)
    {
        int* fds = stackalloc int[2];
        int flags = (int)(OpenFlags.CloseOnExec | (nonBlocking ? OpenFlags.NonBlocking : 0));

        // SAFETY: the kernel writes two descriptors.
        Errno errno = CallResult.Of(Libc.pipe2(fds, flags));
        return errno == Errno.Success
            ? (new SafeFileHandle(fds[0], true), new SafeFileHandle(fds[1], true))
            : throw new LinuxException("create pipe", "", errno);
    }
}
