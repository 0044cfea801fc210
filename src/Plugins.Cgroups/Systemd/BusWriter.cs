using System.Buffers.Binary;
using System.Text;

namespace MiniDock.Plugins.Cgroups.Systemd;

/// <summary>Writes values as D-Bus marshals them, little-endian (D-Bus Specification, "Marshaling").</summary>
internal sealed class BusWriter
{
    private readonly List<byte> _bytes = [];

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.ToArray();

    /// <summary>How much.</summary>
    public int Length => _bytes.Count;

    /// <summary>Pads to a boundary.</summary>
    public BusWriter Align(int boundary)
    {
        while (_bytes.Count % boundary != 0)
        {
            _bytes.Add(0);
        }

        return this;
    }

    /// <summary>A byte.</summary>
    public BusWriter Byte(byte value)
    {
        _bytes.Add(value);
        return this;
    }

    /// <summary>A 32-bit number; also a Boolean, which is 0 or 1.</summary>
    public BusWriter UInt32(uint value)
    {
        Span<byte> buffer = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(buffer, value);
        Align(4)._bytes.AddRange(buffer);
        return this;
    }

    /// <summary>A 64-bit number.</summary>
    public BusWriter UInt64(ulong value)
    {
        Span<byte> buffer = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(buffer, value);
        Align(8)._bytes.AddRange(buffer);
        return this;
    }

    /// <summary>A string, or the path of an object.</summary>
    public BusWriter Text(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        UInt32((uint)bytes.Length)._bytes.AddRange(bytes);
        return Byte(0);
    }

    /// <summary>A signature.</summary>
    public BusWriter Signature(string value)
    {
        Byte((byte)value.Length)._bytes.AddRange(Encoding.ASCII.GetBytes(value));
        return Byte(0);
    }

    /// <summary>Bytes as they are.</summary>
    public BusWriter Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>An array: its length counts neither itself nor the padding before the first element.</summary>
    /// <param name="alignment">Boundary of an element.</param>
    /// <param name="values">The elements.</param>
    /// <param name="write">Writes one.</param>
    public BusWriter Array<T>(int alignment, IEnumerable<T> values, Action<BusWriter, T> write)
    {
        UInt32(0);
        var place = _bytes.Count - 4;
        Align(alignment);
        var start = _bytes.Count;
        foreach (var value in values)
        {
            write(Align(alignment), value);
        }

        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, _bytes.Count - start);
        for (var i = 0; i < length.Length; i++)
        {
            _bytes[place + i] = length[i];
        }

        return this;
    }
}
