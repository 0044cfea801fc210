using MiniDock.Engine.Images.Tar;

namespace MiniDock.Engine.Images.Extraction;

/// <summary>The first bytes of a stream, and then its end: a layer's tar is followed by its index.</summary>
internal sealed class TarStream(Stream source, long lengthBytes) : ForwardStream
{
    private long _left = lengthBytes;

    public override int Read(Span<byte> buffer)
    {
        var count = source.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
        _left -= count;
        return count;
    }
}
