using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using MiniDock.Linux.Native;

namespace MiniDock.Linux.Netlink;

/// <summary>A growing buffer of netlink structures and attributes, each aligned to 4 bytes.</summary>
public class NetlinkWriter
{
    private byte[] _buffer = new byte[512];
    private int _length;

    private protected NetlinkWriter()
    {
    }

    internal int Length => _length;

    internal Span<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>Appends a fixed structure.</summary>
    internal void Put<T>(T value)
        where T : unmanaged
    {
        MemoryMarshal.Write(Reserve(Align(Unsafe.SizeOf<T>())), in value);
    }

    internal void PutBytes(ushort type, ReadOnlySpan<byte> data)
    {
        Span<byte> attribute = Attribute(type, data.Length);
        data.CopyTo(attribute);
    }

    internal void PutByte(ushort type, byte value) => Attribute(type, 1)[0] = value;

    internal void PutUInt16(ushort type, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Attribute(type, 2), value);

    internal void PutUInt32(ushort type, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Attribute(type, 4), value);

    internal void PutBigUInt16(ushort type, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Attribute(type, 2), value);

    internal void PutBigUInt32(ushort type, uint value) => BinaryPrimitives.WriteUInt32BigEndian(Attribute(type, 4), value);

    internal void PutBigUInt64(ushort type, ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Attribute(type, 8), value);

    /// <summary>Text with a terminating NUL.</summary>
    internal void PutText(ushort type, string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        Encoding.UTF8.GetBytes(text, Attribute(type, length + 1));
    }

    /// <summary>Opens a nested attribute; give the result to <see cref="EndNested"/>.</summary>
    internal int BeginNested(ushort type)
    {
        int start = _length;
        Put(new NlAttr { Type = (ushort)(type | Constants.NlaNested) });
        return start;
    }

    internal void EndNested(int start) =>
        BinaryPrimitives.WriteUInt16LittleEndian(Written[start..], checked((ushort)(_length - start)));

    private Span<byte> Attribute(ushort type, int dataLength)
    {
        int headerLength = Unsafe.SizeOf<NlAttr>();
        int length = headerLength + dataLength;
        Span<byte> attribute = Reserve(Align(length));
        MemoryMarshal.Write(attribute, new NlAttr { Length = checked((ushort)length), Type = type });
        return attribute.Slice(headerLength, dataLength);
    }

    // The bytes are zero: the buffer only grows, and padding must not leak or confuse.
    private Span<byte> Reserve(int size)
    {
        if (_length + size > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + size));
        }

        Span<byte> space = _buffer.AsSpan(_length, size);
        _length += size;
        return space;
    }

    private static int Align(int length) => (length + 3) & ~3;
}
