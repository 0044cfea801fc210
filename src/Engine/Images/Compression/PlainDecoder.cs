namespace MiniDock.Engine.Images.Compression;

/// <summary>An archive that is not packed: what was read to find that out, then the rest.</summary>
internal sealed class PlainDecoder(Stream source, ReadOnlyMemory<byte> start) : IDecoder
{
    private ReadOnlyMemory<byte> _start = start;

    public CompressionKind Kind => CompressionKind.None;

    public long SourceBytes { get; private set; }

    public int Read(Span<byte> buffer)
    {
        int count;
        if (_start.IsEmpty)
        {
            count = source.Read(buffer);
        }
        else
        {
            count = Math.Min(_start.Length, buffer.Length);
            _start.Span[..count].CopyTo(buffer);
            _start = _start[count..];
        }

        SourceBytes += count;
        return count;
    }

    public void Dispose()
    {
    }
}
