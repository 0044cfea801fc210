using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MiniDock.Linux.Child;

/// <summary>
/// The socket between engine and child: a message each time the child may go on; a <see cref="ChildReport"/> when it failed;
/// the master of its terminal; end of file when it has executed its program.
/// </summary>
internal static class ControlSocket
{
    public static (SafeFileHandle Parent, SafeFileHandle Child) CreatePair() => UnixSockets.SocketPair(packets: true);

    /// <summary>Lets the child go on. Nothing happens if it has ended: that is seen when its outcome is read.</summary>
    public static void Proceed(SafeFileHandle parentEnd, ReadOnlySpan<byte> values)
    {
        try
        {
            UnixSockets.Send(parentEnd, values);
        }
        catch (LinuxException e) when (e.Errno is Errno.EPIPE or Errno.ECONNRESET)
        {
        }
    }

    /// <summary>Waits for the child's next message: its failure, a descriptor, that it is ready, or nothing at the end of file.</summary>
    public static (ChildReport? Failure, SafeFileHandle? Descriptor, bool IsReady) Receive(SafeFileHandle parentEnd)
    {
        Span<byte> message = stackalloc byte[ChildReport.Size];
        Errno errno = UnixSockets.TryReceive(parentEnd, message, out int length, out SafeFileHandle[] files);

        // A child that dies with an unread byte in its socket leaves a reset, not an end of file.
        if (errno is not (Errno.Success or Errno.ECONNRESET))
        {
            throw new LinuxException("receive from", "the child", errno);
        }

        return errno != Errno.Success || length == 0 ? (null, null, false)
            : files.Length > 0 ? (null, files[0], false)
            : length < ChildReport.Size ? (null, null, true)
            : (MemoryMarshal.Read<ChildReport>(message), null, false);
    }
}
