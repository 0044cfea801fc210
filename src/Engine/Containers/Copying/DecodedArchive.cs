using MiniDock.Engine.Images.Compression;
using MiniDock.Engine.Images.Tar;

namespace MiniDock.Engine.Containers.Copying;

/// <summary>An archive, packed or not, as the stream of its tar. Unpacked in this process: nothing is executed.</summary>
internal sealed class DecodedArchive(Stream source) : ForwardStream
{
    private readonly IDecoder _decoder = Decoders.Open(source);

    public override int Read(Span<byte> buffer) => _decoder.Read(buffer);

    protected override void Dispose(bool disposing)
    {
        _decoder.Dispose();
        base.Dispose(disposing);
    }
}
