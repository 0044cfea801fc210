using Microsoft.Win32.SafeHandles;
using MiniDock.Linux.Native;

namespace MiniDock.Linux;

/// <summary>Unix sockets with paths, <c>unix(7)</c>. There are no abstract sockets here: any process of the network namespace could reach them.</summary>
public static unsafe partial class UnixSockets
{
    /// <summary>Two connected sockets, <c>socketpair(2)</c>.</summary>
    /// <param name="packets">Keep message boundaries (SOCK_SEQPACKET) instead of a stream.</param>
    public static (SafeFileHandle First, SafeFileHandle Second) SocketPair(bool packets = false)
    {
        int* fds = stackalloc int[2];
        int type = (packets ? Constants.SockSeqPacket : Constants.SockStream) | Constants.SockCloseOnExec;

        // SAFETY: the kernel writes two descriptors.
        Errno errno = CallResult.Of(Libc.socketpair(Constants.AfUnix, type, 0, fds));
        return errno == Errno.Success
            ? (new SafeFileHandle(fds[0], true), new SafeFileHandle(fds[1], true))
            : throw new LinuxException("create socket pair", "", errno);
    }

    /// <summary>Creates a socket at a path and listens, <c>bind(2)</c>, <c>listen(2)</c>. EADDRINUSE where the path exists.</summary>
    public static SafeFileHandle Listen(string path, int backlog = 16)
    {
        SafeFileHandle socket = Create(path);
        Errno errno = UseAddress(socket, path, bind: true);
        if (errno == Errno.Success)
        {
            using var fd = new FdLease(socket);
            errno = CallResult.Of(Libc.listen(fd.Number, backlog));
        }

        return OrThrow(socket, errno, "listen on", path);
    }

    /// <summary>Connects to a socket, <c>connect(2)</c>. ECONNREFUSED where nobody listens.</summary>
    public static SafeFileHandle Connect(string path)
    {
        SafeFileHandle socket = Create(path);
        return OrThrow(socket, UseAddress(socket, path, bind: false), "connect to", path);
    }

    /// <inheritdoc cref="Connect"/>
    public static Errno TryConnect(string path, out SafeFileHandle socket) => TryConnect(path, 0, out socket);

    /// <summary>The same with a socket that never blocks. EAGAIN where the listener's queue is full.</summary>
    public static Errno TryConnectNonBlocking(string path, out SafeFileHandle socket) => TryConnect(path, Constants.SockNonBlock, out socket);

    /// <summary>The next connection, <c>accept4(2)</c>; waits for one unless the socket is non-blocking (EAGAIN).</summary>
    public static Errno TryAccept(SafeFileHandle listener, out SafeFileHandle connection)
    {
        using var fd = new FdLease(listener);
        nint r;
        do
        {
            r = Libc.accept4(fd.Number, null, null, Constants.SockCloseOnExec);
        }
        while (CallResult.Interrupted(r));

        return CallResult.Handle(r, out connection);
    }

    /// <summary>The process that connected; its pid may be gone already.</summary>
    public static PeerCredentials PeerCredentials(SafeFileHandle connection)
    {
        using var fd = new FdLease(connection);
        UCred credentials = default;
        uint length = (uint)sizeof(UCred);
        Errno errno = CallResult.Of(Libc.getsockopt(fd.Number, Constants.SolSocket, Constants.SoPeerCred, &credentials, &length));
        Files.Check(errno, "get peer of", connection);
        return new PeerCredentials(credentials.Pid, credentials.Uid, credentials.Gid);
    }

    /// <summary>Tells the peer that no more will be written, <c>shutdown(2)</c> SHUT_WR.</summary>
    public static Errno TryShutdownWrite(SafeFileHandle connection)
    {
        using var fd = new FdLease(connection);
        return CallResult.Of(Libc.shutdown(fd.Number, Constants.ShutdownWrite));
    }

    private static Errno TryConnect(string path, int flags, out SafeFileHandle socket)
    {
        socket = Create(path, Constants.SockStream | flags);
        Errno errno = UseAddress(socket, path, bind: false);
        if (errno != Errno.Success)
        {
            socket.Dispose();
        }

        return errno;
    }

    private static SafeFileHandle Create(string path, int type = Constants.SockStream)
    {
        nint r = Libc.socket(Constants.AfUnix, type | Constants.SockCloseOnExec, 0);
        Errno errno = CallResult.Handle(r, out SafeFileHandle handle);
        return errno == Errno.Success ? handle : throw new LinuxException("create socket", path, errno);
    }

    private static Errno UseAddress(SafeFileHandle socket, string path, bool bind)
    {
        const int Longest = 107;
        SockAddrUn address = default;
        address.Family = Constants.AfUnix;
        using var name = new CString(path, stackalloc byte[CString.StackSize]);
        using var fd = new FdLease(socket);

        // SAFETY: the copy is checked against the array, whose last byte stays NUL.
        fixed (byte* p = name)
        {
            int length = new ReadOnlySpan<byte>(p, int.MaxValue).IndexOf((byte)0);
            if (length is 0 or > Longest)
            {
                return length == 0 ? Errno.EINVAL : Errno.ENAMETOOLONG;
            }

            new ReadOnlySpan<byte>(p, length).CopyTo(new Span<byte>(address.Path, Longest));
            return CallResult.Of(bind
                ? Libc.bind(fd.Number, &address, (uint)sizeof(SockAddrUn))
                : Libc.connect(fd.Number, &address, (uint)sizeof(SockAddrUn)));
        }
    }

    private static SafeFileHandle OrThrow(SafeFileHandle socket, Errno errno, string operation, string path)
    {
        if (errno == Errno.Success)
        {
            return socket;
        }

        socket.Dispose();
        throw new LinuxException(operation, path, errno);
    }
}
