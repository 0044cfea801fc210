using System.Buffers.Binary;
using System.Net;
using System.Text;
using MiniDock.Linux.Netlink;

namespace MiniDock.Linux.Nftables;

/// <summary>A key or a value of a set's element: fields in the order of the set's types. Numbers are in network byte order.</summary>
public sealed class NftValue
{
    private readonly byte[] _bytes = new byte[64];
    private int _fields;
    private int _last;
    private int _length;

    /// <summary>The bytes; a single field is not padded.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _fields > 1 ? _length : _last);

    /// <summary>An IPv4 or IPv6 address.</summary>
    public NftValue Address(IPAddress address) => Add(address.GetAddressBytes());

    /// <summary>A transport protocol, 6 for TCP, 17 for UDP.</summary>
    public NftValue Protocol(byte protocol) => Add([protocol]);

    /// <summary>A port.</summary>
    public NftValue Port(ushort port)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, port);
        return Add(bytes);
    }

    /// <summary>An interface's name, padded to 16 bytes.</summary>
    public NftValue InterfaceName(string name)
    {
        const int NameSize = 16;
        Span<byte> bytes = stackalloc byte[NameSize];
        bytes.Clear();
        Encoding.UTF8.GetBytes(name, bytes[..(NameSize - 1)]);
        return Add(bytes);
    }

    /// <summary>An Ethernet address.</summary>
    public NftValue EtherAddress(MacAddress address)
    {
        Span<byte> bytes = stackalloc byte[MacAddress.Size];
        address.CopyTo(bytes);
        return Add(bytes);
    }

    /// <summary>A number of the host, as a mark or an interface's index.</summary>
    public NftValue Number(uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        return Add(bytes);
    }

    private NftValue Add(ReadOnlySpan<byte> field)
    {
        field.CopyTo(_bytes.AsSpan(_length));
        _fields++;
        _last = field.Length;
        _length += (field.Length + 3) & ~3;
        return this;
    }
}
