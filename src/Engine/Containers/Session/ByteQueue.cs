namespace MiniDock.Engine.Containers.Session;

/// <summary>Bytes that wait to be written or understood: added at the end, taken from the front.</summary>
internal sealed class ByteQueue
{
    private byte[] _bytes = [];
    private int _start;

    public int Count { get; private set; }

    /// <summary>What is in it; valid until the next call.</summary>
    public ReadOnlySpan<byte> Span => _bytes.AsSpan(_start, Count);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_start + Count + bytes.Length > _bytes.Length)
        {
            var room = Count + bytes.Length <= _bytes.Length ? _bytes : new byte[Math.Max(_bytes.Length * 2, Count + bytes.Length)];
            Span.CopyTo(room);
            (_bytes, _start) = (room, 0);
        }

        bytes.CopyTo(_bytes.AsSpan(_start + Count));
        Count += bytes.Length;
    }

    public void Take(int count)
    {
        _start += count;
        Count -= count;
        if (Count == 0)
        {
            // A monitor waits for long: what a burst needed is given back.
            (_bytes, _start) = (_bytes.Length > 64 * 1024 ? [] : _bytes, 0);
        }
    }
}
