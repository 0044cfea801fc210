using System.Buffers.Binary;
using MiniDock.Linux.Native;

namespace MiniDock.Linux;

/// <summary>Looks whether a program of this host could have a port, <c>ip(7)</c>.</summary>
public static unsafe class InternetPorts
{
    /// <summary>Binds a socket to an address and port and closes it again: EADDRINUSE where a socket holds it, EADDRNOTAVAIL where the
    /// address is not this host's. A kernel without the protocol (EPROTONOSUPPORT), or without IPv6 (EAFNOSUPPORT), has no holder either: success.</summary>
    /// <param name="protocol">Number of the protocol: 6 tcp, 17 udp, 132 sctp.</param>
    /// <param name="address">Four bytes, or the sixteen of IPv6, in network byte order; all zero for any.</param>
    /// <param name="port">Port, in host byte order.</param>
    public static Errno TryBind(int protocol, ReadOnlySpan<byte> address, ushort port)
    {
        var is6 = address.Length == 16;
        if (!is6)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(address.Length, 4);
        }

        int type = (protocol == 17 ? Constants.SockDgram : Constants.SockStream) | Constants.SockCloseOnExec;
        Errno errno = CallResult.Handle(Libc.socket(is6 ? Constants.AfInet6 : Constants.AfInet, type, protocol), out var socket);
        using (socket)
        {
            if (errno != Errno.Success)
            {
                return errno is Errno.EPROTONOSUPPORT or Errno.EAFNOSUPPORT ? Errno.Success : errno;
            }

            // struct sockaddr_in: family in host order, port and address in network order, eight bytes of padding; sockaddr_in6 has
            // four bytes of flow information before the address, and four of scope after it.
            Span<byte> name = stackalloc byte[is6 ? 28 : 16];
            name.Clear();
            BinaryPrimitives.WriteUInt16LittleEndian(name, (ushort)(is6 ? Constants.AfInet6 : Constants.AfInet));
            BinaryPrimitives.WriteUInt16BigEndian(name[2..], port);
            address.CopyTo(name[(is6 ? 8 : 4)..]);
            using var fd = new FdLease(socket);

            // SAFETY: both point to memory of the sizes given. Connections in TIME-WAIT do not hold a port; listeners still do.
            fixed (byte* p = name)
            {
                int one = 1;
                if (is6)
                {
                    // A socket of IPv4 on the same port is no holder.
                    Libc.setsockopt(fd.Number, Constants.IpProtoIpv6, Constants.Ipv6V6Only, &one, sizeof(int));
                }

                if (protocol != 17)
                {
                    Libc.setsockopt(fd.Number, Constants.SolSocket, Constants.SoReuseAddress, &one, sizeof(int));
                }

                return CallResult.Of(Libc.bind(fd.Number, p, (uint)name.Length));
            }
        }
    }
}
