using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using MiniDock.Linux.Native;

namespace MiniDock.Linux.Netlink;

/// <summary>
/// A netlink socket, <c>netlink(7)</c>. It belongs to the network namespace that it was opened in, wherever its user goes later.
/// Not for use by several threads at once.
/// </summary>
public sealed unsafe class NetlinkSocket : IDisposable
{
    private const int HeaderSize = 16;

    // The kernel never fills more in one datagram of a dump.
    private const int ReceiveSize = 32768;

    private NetlinkSocket(SafeFileHandle handle) => Handle = handle;

    /// <summary>The descriptor, which stays this object's.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>A socket in the calling thread's network namespace.</summary>
    public static NetlinkSocket Open(NetlinkProtocol protocol)
    {
        nint r = Libc.socket(Constants.AfNetlink, Constants.SockRaw | Constants.SockCloseOnExec, (int)protocol);
        Errno errno = CallResult.Handle(r, out SafeFileHandle handle);
        if (errno != Errno.Success)
        {
            throw new LinuxException("netlink socket", protocol.ToString(), errno);
        }

        int one = 1;

        // SAFETY: an int, as these options read. Kernels that lack one only explain their errors less.
        _ = Libc.setsockopt((int)r, Constants.SolNetlink, Constants.NetlinkExtAck, &one, sizeof(int));
        _ = Libc.setsockopt((int)r, Constants.SolNetlink, Constants.NetlinkCapAck, &one, sizeof(int));
        if (protocol == NetlinkProtocol.Route)
        {
            _ = Libc.setsockopt((int)r, Constants.SolNetlink, Constants.NetlinkGetStrictCheck, &one, sizeof(int));
        }

        return new NetlinkSocket(handle);
    }

    /// <summary>A socket in another network namespace; the calling thread goes there and comes back.</summary>
    public static NetlinkSocket OpenIn(SafeFileHandle networkNamespace, NetlinkProtocol protocol) =>
        NetworkNamespaces.Run(networkNamespace, () => Open(protocol));

    /// <summary>
    /// Sends the requests and waits for their outcome. rtnetlink carries out the others even where one fails; nftables all or none.
    /// </summary>
    /// <exception cref="LinuxException">The first request that failed, with the kernel's explanation.</exception>
    public void Execute(NetlinkBatch batch)
    {
        if (TryExecute(batch) is { } error)
        {
            throw error;
        }
    }

    /// <inheritdoc cref="Execute"/>
    /// <returns>The first failure, or null.</returns>
    public LinuxException? TryExecute(NetlinkBatch batch)
    {
        ReadOnlySpan<byte> requests = batch.Encode();
        if (requests.IsEmpty)
        {
            return null;
        }

        Send(requests, batch);
        LinuxException? failure = null;
        bool answered = false;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ReceiveSize);
        try
        {
            // The kernel answers while it takes the requests, so all answers are there by now.
            while (Receive(buffer, wait: false, out int length))
            {
                for (ReadOnlySpan<byte> rest = buffer.AsSpan(0, length); TakeMessage(ref rest, out NlMsgHdr header, out ReadOnlySpan<byte> body);)
                {
                    if (header.Type == Constants.NlmsgError)
                    {
                        answered = true;
                        failure ??= ToException(header, body, batch);
                    }
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return failure ?? (answered ? null : new LinuxException("netlink request", batch.LabelOf((uint)batch.Count).Subject, Errno.EPROTO, "no answer"));
    }

    /// <summary>Sends one request for a listing and hands each message of the answer to the callback.</summary>
    internal void Dump(NetlinkBatch request, MessageHandler handler)
    {
        Send(request.Encode(), request);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ReceiveSize);
        try
        {
            bool more = true;
            LinuxException? failure = null;
            while (more && Receive(buffer, wait: true, out int length))
            {
                for (ReadOnlySpan<byte> rest = buffer.AsSpan(0, length); TakeMessage(ref rest, out NlMsgHdr header, out ReadOnlySpan<byte> body);)
                {
                    switch (header.Type)
                    {
                        case Constants.NlmsgError:
                            failure ??= ToException(header, body, request);
                            more = false;
                            break;
                        case Constants.NlmsgDone:
                            // A dump that fails half-way says so here; its first field is the error as in NLMSG_ERROR.
                            failure ??= ToException(header, body, request);
                            more = false;
                            break;
                        case Constants.NlmsgNoop:
                            break;
                        default:
                            handler(header.Type, body);
                            break;
                    }
                }
            }

            if (failure is not null)
            {
                throw failure;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();

    internal delegate void MessageHandler(ushort type, ReadOnlySpan<byte> body);

    private void Send(ReadOnlySpan<byte> requests, NetlinkBatch batch)
    {
        // Half of the default of 208 KiB: the kernel counts its own overhead too.
        const int Comfortable = 100 * 1024;
        if (requests.Length > Comfortable)
        {
            EnlargeBuffers(requests.Length * 4);
        }

        using var fd = new FdLease(Handle);
        var kernel = new SockAddrNl { Family = Constants.AfNetlink };

        // SAFETY: address and data live for the call, with their sizes given.
        fixed (byte* p = requests)
        {
            var vector = new IoVec { Base = p, Length = (nuint)requests.Length };
            var message = new MsgHdr { Name = &kernel, NameLength = (uint)sizeof(SockAddrNl), Vectors = &vector, VectorCount = 1 };
            nint r;
            do
            {
                r = Libc.sendmsg(fd.Number, &message, 0);
            }
            while (CallResult.Interrupted(r));

            if (r < 0)
            {
                Errno errno = CallResult.Last;
                NetlinkBatch.Label label = batch.LabelOf(1);
                throw new LinuxException(label.Operation, label.Subject, errno, $"sending {requests.Length} bytes");
            }
        }
    }

    // A batch is one datagram, which must fit into the socket's buffer whole. The forced options need CAP_NET_ADMIN, as the changes do.
    private void EnlargeBuffers(int bytes)
    {
        using var fd = new FdLease(Handle);

        // SAFETY: an int, as both options read.
        _ = Libc.setsockopt(fd.Number, Constants.SolSocket, Constants.SoSendBufferForce, &bytes, sizeof(int));
        _ = Libc.setsockopt(fd.Number, Constants.SolSocket, Constants.SoReceiveBufferForce, &bytes, sizeof(int));
    }

    private bool Receive(byte[] buffer, bool wait, out int length)
    {
        using var fd = new FdLease(Handle);
        length = 0;

        // SAFETY: the kernel writes at most the given length.
        fixed (byte* p = buffer)
        {
            nint r;
            do
            {
                r = Libc.recv(fd.Number, p, (nuint)buffer.Length, wait ? 0 : Constants.MsgDontWait);
            }
            while (CallResult.Interrupted(r));

            if (r < 0)
            {
                Errno errno = CallResult.Last;
                return errno == Errno.EAGAIN ? false : throw new LinuxException("netlink request", "", errno, "receiving");
            }

            length = (int)r;
            return r > 0;
        }
    }

    private static bool TakeMessage(ref ReadOnlySpan<byte> rest, out NlMsgHdr header, out ReadOnlySpan<byte> body)
    {
        header = default;
        body = default;
        if (rest.Length < HeaderSize)
        {
            return false;
        }

        header = MemoryMarshal.Read<NlMsgHdr>(rest);
        if (header.Length < HeaderSize || header.Length > (uint)rest.Length)
        {
            return false;
        }

        body = rest[HeaderSize..(int)header.Length];
        rest = rest[Math.Min(rest.Length, ((int)header.Length + 3) & ~3)..];
        return true;
    }

    internal static LinuxException? ToException(in NlMsgHdr header, ReadOnlySpan<byte> body, NetlinkBatch batch)
    {
        int code = body.Length < 4 ? 0 : -MemoryMarshal.Read<int>(body);
        NetlinkBatch.Label label = batch.LabelOf(header.Sequence);
        if (code == 0 || (Errno)code == label.Tolerated)
        {
            return null;
        }

        return new LinuxException(label.Operation, label.Subject, (Errno)code, Explanation(header, body));
    }

    // struct nlmsgerr: the code, the request's header, the request itself unless capped, then attributes.
    private static string? Explanation(in NlMsgHdr header, ReadOnlySpan<byte> body)
    {
        const int CodeSize = 4;
        if ((header.Flags & Constants.NlmFAckTlvs) == 0)
        {
            return null;
        }

        int skip = CodeSize;
        if (header.Type == Constants.NlmsgError)
        {
            uint request = MemoryMarshal.Read<uint>(body[CodeSize..]);
            skip += (header.Flags & Constants.NlmFCapped) != 0 ? HeaderSize : (int)((request + 3) & ~3u);
        }

        if (skip > body.Length)
        {
            return null;
        }

        var attributes = new NetlinkAttributes(body[skip..]);
        while (attributes.Next())
        {
            if (attributes.Type == Constants.NlmsgErrAttrMessage)
            {
                return attributes.Text.TrimEnd('.');
            }
        }

        return null;
    }
}
