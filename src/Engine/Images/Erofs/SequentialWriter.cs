using Microsoft.Win32.SafeHandles;

namespace MiniDock.Engine.Images.Erofs;

/// <summary>Writes a part of a file from front to back in large pieces.</summary>
internal sealed class SequentialWriter(SafeFileHandle file, long startBytes)
{
    private readonly byte[] _buffer = new byte[128 * 1024];
    private long _flushed = startBytes;
    private int _used;

    /// <summary>Where the next byte goes.</summary>
    public long PositionBytes => _flushed + _used;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_used == _buffer.Length)
            {
                Flush();
            }

            var step = Math.Min(bytes.Length, _buffer.Length - _used);
            bytes[..step].CopyTo(_buffer.AsSpan(_used));
            _used += step;
            bytes = bytes[step..];
        }
    }

    /// <summary>Zeros up to a place that is not behind.</summary>
    public void PadTo(long positionBytes)
    {
        ReadOnlySpan<byte> zeros = stackalloc byte[ErofsLayout.BlockBytes];
        while (PositionBytes < positionBytes)
        {
            Write(zeros[..(int)Math.Min(zeros.Length, positionBytes - PositionBytes)]);
        }
    }

    public void Flush()
    {
        RandomAccess.Write(file, _buffer.AsSpan(0, _used), _flushed);
        _flushed += _used;
        _used = 0;
    }
}
