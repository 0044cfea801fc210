namespace MiniDock.Engine.Images.Tar;

/// <summary>Blocks of a plain stream.</summary>
public sealed class StreamBlockSource(Stream stream) : IBlockSource
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    public long PositionBytes { get; private set; }

    public ReadOnlySpan<byte> ReadBlock()
    {
        if (_end - _start < TarHeader.BlockBytes)
        {
            Fill();
        }

        var block = _buffer.AsSpan(_start, Math.Min(TarHeader.BlockBytes, _end - _start));
        _start += block.Length;
        PositionBytes += block.Length;
        return block;
    }

    public long Skip(long byteCount)
    {
        var skipped = 0L;
        while (skipped < byteCount)
        {
            if (_start == _end)
            {
                Fill();
                if (_start == _end)
                {
                    break;
                }
            }

            var step = (int)Math.Min(byteCount - skipped, _end - _start);
            _start += step;
            skipped += step;
        }

        PositionBytes += skipped;
        return skipped;
    }

    private void Fill()
    {
        var left = _end - _start;
        Buffer.BlockCopy(_buffer, _start, _buffer, 0, left);
        _start = 0;
        _end = left + stream.ReadAtLeast(_buffer.AsSpan(left), _buffer.Length - left, throwOnEndOfStream: false);
    }
}
