using Microsoft.Win32.SafeHandles;
using MiniDock.Linux.Native;

namespace MiniDock.Linux;

public static unsafe partial class UnixSockets
{
    /// <summary>A datagram socket at a path, <c>bind(2)</c>. EADDRINUSE where the path exists.</summary>
    public static SafeFileHandle BindDatagram(string path)
    {
        SafeFileHandle socket = Create(path, Constants.SockDgram);
        return OrThrow(socket, UseAddress(socket, path, bind: true), "bind", path);
    }

    /// <summary>Sends one datagram to the socket at a path. ECONNREFUSED and ENOENT where nobody is there.</summary>
    public static Errno TrySendDatagram(string path, ReadOnlySpan<byte> content)
    {
        using SafeFileHandle socket = Create(path, Constants.SockDgram);
        Errno errno = UseAddress(socket, path, bind: false);
        return errno == Errno.Success ? Files.TryWrite(socket, content, out _) : errno;
    }
}
