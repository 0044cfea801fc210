using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using MiniDock.Linux.Native;

namespace MiniDock.Linux.Netlink;

/// <summary>
/// Requests that are sent together in one system call. Each remembers what it is about, so that the kernel's refusal can be
/// told in the user's terms. Sequence numbers count from 1.
/// </summary>
public class NetlinkBatch
{
    private readonly List<Label> _labels = [];
    private byte[] _buffer = new byte[1024];
    private int _length;
    private int _message = -1;

    /// <summary>The number of requests.</summary>
    public int Count => _labels.Count;

    /// <summary>
    /// The encoded requests, for a sender that is not <see cref="NetlinkSocket"/>. Only the last one asks for an acknowledgement:
    /// errors come for all, and the kernel has answered everything when the send returns.
    /// </summary>
    public ReadOnlySpan<byte> Encode()
    {
        End();
        return _buffer.AsSpan(0, _length);
    }

    internal Label LabelOf(uint sequence) =>
        sequence >= 1 && sequence <= (uint)_labels.Count ? _labels[(int)sequence - 1] : new Label("netlink request", "", Errno.Success);

    /// <summary>Begins a request and closes the one before it.</summary>
    /// <param name="type">The message type.</param>
    /// <param name="flags">NLM_F_* beside NLM_F_REQUEST.</param>
    /// <param name="operation">For the error text: what.</param>
    /// <param name="subject">For the error text: on what.</param>
    /// <param name="tolerated">An error that is no failure, as EEXIST.</param>
    internal void Begin(ushort type, ushort flags, string operation, string subject, Errno tolerated = Errno.Success)
    {
        Close();
        _labels.Add(new Label(operation, subject, tolerated));
        _message = _length;
        Put(new NlMsgHdr { Type = type, Flags = (ushort)(flags | Constants.NlmFRequest), Sequence = (uint)_labels.Count });
    }

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
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer.AsSpan(start), checked((ushort)(_length - start)));

    private protected virtual void End()
    {
        Close();
        RequestAcknowledgement();
    }

    private protected void Close()
    {
        if (_message >= 0)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(_message), (uint)(_length - _message));
        }
    }

    private protected void RequestAcknowledgement()
    {
        const int FlagsOffset = 6;
        if (_message >= 0)
        {
            _buffer[_message + FlagsOffset] |= (byte)Constants.NlmFAck;
        }
    }

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

    internal readonly record struct Label(string Operation, string Subject, Errno Tolerated);
}
